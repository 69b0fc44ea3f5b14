systemctl reset-failed nginx.service
systemctl start nginx.service
