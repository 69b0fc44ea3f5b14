reload_nginx
rm -f "$(new_site spring)"
give_back /etc/nginx/nginx.conf
reload_nginx
