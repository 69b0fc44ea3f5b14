give_back "$BLOG_CONF" /etc/nginx/nginx.conf
reload_nginx
