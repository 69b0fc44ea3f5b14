sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/php/fresh.sock|" "$BLOG_CONF"
reload_nginx
