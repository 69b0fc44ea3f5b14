give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
