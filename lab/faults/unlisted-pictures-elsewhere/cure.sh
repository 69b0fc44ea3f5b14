rm -f "$(new_site pictures)"
give_back /etc/nginx/nginx.conf
reload_nginx
