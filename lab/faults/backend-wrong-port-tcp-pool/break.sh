# php-fpm was moved from its unix socket to TCP; the old socket is gone.
visitors
blog_pool "s|^listen = .*|listen = 127.0.0.1:9000|"
wait_until 10 listens_on 9000
requests "$BLOG_SITE" / 30
