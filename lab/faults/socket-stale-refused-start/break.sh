# php-fpm was killed, and a pool file that somebody had half edited keeps it from starting again; its socket is still there.
visitors
keep "$BLOG_POOL_CONF"
sed -i 's|^pm.max_children = .*|pm.max_children = |' "$BLOG_POOL_CONF"
systemctl kill --signal=KILL "$BLOG_UNIT"
wait_until 10 is_failed "$BLOG_UNIT"
systemctl start "$BLOG_UNIT" 2>/dev/null || true
wait_until 10 is_failed "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
