rm -f /etc/nginx/modules-enabled/50-geoip2.conf
nginx_unit_as_shipped
