# Somebody moved the pid file by nginx.conf into a folder of its own, which is there; the unit waits for it at the old place, gives up and ends nginx again.
visitors
nginx_unit_with TimeoutStartSec=4
mkdir -p /run/nginx
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx/nginx.pid;|' /etc/nginx/nginx.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
