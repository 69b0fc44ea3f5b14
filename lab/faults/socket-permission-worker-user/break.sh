# A template for another distribution wrote another user into nginx.conf; its workers are not the ones for whom the pool made its socket.
visitors
keep /etc/nginx/nginx.conf
sed -i 's|^\([ \t]*\)user www-data;|\1user nobody nogroup;|' /etc/nginx/nginx.conf
reload_nginx
requests "$BLOG_SITE" / 30
