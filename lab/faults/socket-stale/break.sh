# All of php-fpm is killed at once, so nobody removes the socket.
visitors
systemctl kill --signal=KILL "$BLOG_UNIT"
wait_until 10 is_failed "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
