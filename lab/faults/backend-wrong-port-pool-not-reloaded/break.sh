# The blog's pool is to listen on TCP from now on: its file and the site say so, nginx was reloaded, and php-fpm was forgotten.
visitors
keep "$BLOG_POOL_CONF" "$BLOG_CONF"
sleep 3
sed -i "s|^listen = .*|listen = 127.0.0.1:9000|" "$BLOG_POOL_CONF"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|127.0.0.1:9000|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
