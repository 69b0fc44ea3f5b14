rm -f "$(new_site landing)"
give_back /etc/nginx/nginx.conf
reload_nginx
