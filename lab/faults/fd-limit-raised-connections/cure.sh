systemctl stop phones.service
give_back /etc/nginx/nginx.conf
reload_nginx
