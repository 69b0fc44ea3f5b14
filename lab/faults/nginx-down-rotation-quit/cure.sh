rm /etc/logrotate.d/nginx-sites
systemctl start nginx.service
