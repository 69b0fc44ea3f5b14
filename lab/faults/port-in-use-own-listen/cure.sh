rm -f "$(new_site spring)"
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
