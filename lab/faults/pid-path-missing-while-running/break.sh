# The folder was removed under the running nginx: a reload finds no pid file.
keep /etc/nginx/nginx.conf
mkdir -p /run/nginx
sed -i 's|^pid .*|pid /run/nginx/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/run/nginx/nginx.pid
systemctl restart nginx.service
visitors
rm -r /run/nginx
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
