give_back /etc/nginx/nginx.conf
reload_nginx
