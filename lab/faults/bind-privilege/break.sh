# Somebody made the unit start nginx as an ordinary user, and thought of the pid file but not of the port.
visitors
install -d -o www-data -g www-data /run/nginx-www
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx-www/nginx.pid;|' /etc/nginx/nginx.conf
systemctl stop nginx.service
nginx_unit_with User=www-data PIDFile=/run/nginx-www/nginx.pid
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
