# Somebody moved the pid file by hand, one word too short: now a file has the name of the folder.
visitors
keep /etc/nginx/nginx.conf
systemctl stop nginx.service
sed -i 's|^pid .*|pid /run/nginx/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/run/nginx/nginx.pid
echo 412 >/run/nginx
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
