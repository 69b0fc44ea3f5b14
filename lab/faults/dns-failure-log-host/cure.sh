give_back /etc/nginx/nginx.conf
systemctl reset-failed nginx.service
systemctl start nginx.service
