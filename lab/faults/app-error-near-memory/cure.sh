sed -i 's/\[memory_limit\] = 32M/[memory_limit] = 256M/' "$BLOG_POOL_CONF"
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
