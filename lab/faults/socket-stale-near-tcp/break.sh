# The old socket file is left over, but the pool went over to TCP: nginx has the wrong address.
visitors
systemctl kill --signal=KILL "$BLOG_UNIT"
wait_until 10 is_failed "$BLOG_UNIT"
blog_pool "s|^listen = .*|listen = 127.0.0.1:$SPARE_PORT|"
wait_until 10 listens_on "$SPARE_PORT"
requests "$BLOG_SITE" / 30
