rm -f /etc/nginx/modules-enabled/60-vts.conf /usr/lib/nginx/modules/ngx_http_vhost_traffic_status_module.so
nginx_unit_as_shipped
