systemctl restart nginx.service
systemctl stop bad-module.service
