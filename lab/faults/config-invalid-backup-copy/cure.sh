rm -f "$(new_site shop-before-the-move)"
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
