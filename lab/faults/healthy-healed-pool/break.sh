# php-fpm was stopped for some seconds; somebody started it again before anybody looked.
visitors
systemctl stop "$BLOG_UNIT"
requests "$BLOG_SITE" / 20 >/dev/null
systemctl start "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests "$BLOG_SITE" / 30
