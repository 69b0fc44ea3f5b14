systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
