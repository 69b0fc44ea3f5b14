visitors
systemctl stop nginx.service
requests "$WWW_SITE" / 10
