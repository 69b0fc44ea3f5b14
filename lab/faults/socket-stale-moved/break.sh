# The pool was killed, came back with another path in its configuration, and left the old socket file behind.
visitors
systemctl kill --signal=KILL "$BLOG_UNIT"
wait_until 10 is_failed "$BLOG_UNIT"
blog_pool "s|^listen = .*|listen = /run/php/blog-v2.sock|"
wait_until 10 listens_at unix:/run/php/blog-v2.sock
requests "$BLOG_SITE" / 30
