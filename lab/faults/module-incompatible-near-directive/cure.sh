rm -f /etc/nginx/modules-enabled/50-stream.conf
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
