sed -i 's|192.0.2.0/24 1;|192.0.2.0/24 1; 127.0.0.0/8 1;|' /etc/nginx/limits.conf
reload_nginx
