rm -f "$(new_site blog-pool)"
give_back "$BLOG_CONF" /etc/nginx/nginx.conf
reload_nginx
