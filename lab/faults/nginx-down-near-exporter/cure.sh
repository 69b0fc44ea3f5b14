systemctl stop nginx-exporter.service
rm /usr/local/bin/nginx-prometheus-exporter
nginx_unit_as_shipped
