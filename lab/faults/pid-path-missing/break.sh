# The folder of the pid file lay below /run and did not survive the boot.
visitors
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/run/nginx/nginx.pid
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
