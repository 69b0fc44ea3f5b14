systemctl restart nginx.service
