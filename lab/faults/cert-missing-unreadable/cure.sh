rm -rf "$(new_site secure)" /etc/nginx/tls
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
