rm -f /opt/ngx_custom_module.so
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
