rm -f /etc/nginx/modules-enabled/50-mod-stream.conf /etc/nginx/modules-enabled/90-ours.conf
nginx_unit_as_shipped
