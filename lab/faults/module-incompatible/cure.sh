rm -f /etc/nginx/modules-enabled/50-custom.conf /usr/lib/nginx/modules/ngx_http_custom_module.so
nginx_unit_as_shipped
