systemctl start nginx.service
