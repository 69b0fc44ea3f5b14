sed -i --follow-symlinks "s|unix:$BLOG_SOCK|127.0.0.1:9000|" "$BLOG_CONF"
reload_nginx
