rm -f "$(new_site office)"
give_back /etc/nginx/nginx.conf
reload_nginx
