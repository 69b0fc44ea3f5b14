# The blog's location was copied from the shop: http to php-fpm.
visitors
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|fastcgi_pass unix:$BLOG_SOCK;|proxy_pass http://unix:$BLOG_SOCK;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
