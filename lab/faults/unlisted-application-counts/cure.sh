checkout_as_shipped
give_back "$WWW_CONF" /etc/nginx/nginx.conf
reload_nginx
