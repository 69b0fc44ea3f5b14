give_back /etc/nginx/nginx.conf
rm -rf /etc/nginx/modules-enabled/50-mod-stream.conf /etc/ssl/broker
nginx_unit_as_shipped
