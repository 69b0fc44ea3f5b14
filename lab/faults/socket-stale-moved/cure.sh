sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/php/blog-v2.sock|" "$BLOG_CONF"
reload_nginx
