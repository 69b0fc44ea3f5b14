rm -f /etc/nginx/modules-enabled/70-zstd.conf /usr/lib/nginx/modules/ngx_http_zstd_filter_module.so
nginx_unit_as_shipped
