sed -i 's/^default 1;/default 0;/' /etc/nginx/office-only.list
reload_nginx
