chmod 0755 /var/log/nginx
chown www-data:adm /var/log/nginx/error.log /var/log/nginx/access.log
chmod 0640 /var/log/nginx/error.log /var/log/nginx/access.log
