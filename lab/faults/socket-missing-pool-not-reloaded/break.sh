# The blog got a socket of its own: the pool's file and the site name it, nginx was reloaded, and php-fpm was forgotten.
visitors
keep "$BLOG_POOL_CONF" "$BLOG_CONF"
# systemd's stamp and that of the file are compared in whole seconds
sleep 3
sed -i "s|^listen = .*|listen = /run/php/weblog.sock|" "$BLOG_POOL_CONF"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/php/weblog.sock|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
