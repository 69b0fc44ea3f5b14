other_server_gone metrics.service
rm -f "$(new_site new)"
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
