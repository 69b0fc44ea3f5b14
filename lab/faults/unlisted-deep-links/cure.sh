rm -f "$(new_site portal)"
give_back /etc/nginx/nginx.conf
reload_nginx
