sed -i 's/default 1;/default 0;/' /etc/nginx/staff.conf
reload_nginx
