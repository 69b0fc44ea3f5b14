# Somebody made the unit start nginx as an ordinary user.
visitors
nginx_unit_with User=www-data
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
