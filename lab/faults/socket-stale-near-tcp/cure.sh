sed -i --follow-symlinks "s|unix:$BLOG_SOCK|127.0.0.1:$SPARE_PORT|" "$BLOG_CONF"
reload_nginx
