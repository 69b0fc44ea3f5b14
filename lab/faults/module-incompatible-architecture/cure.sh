rm -f /etc/nginx/brotli.load /usr/share/nginx/ngx_http_brotli_filter_module.so
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
