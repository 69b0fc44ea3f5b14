rm /run/nginx/session-*.lock
systemctl reset-failed nginx.service
systemctl start nginx.service
