give_back /etc/nginx/nginx.conf
checkout_as_shipped
reload_nginx
