# The unit was hardened: for nginx alone everything below /var is read-only, where its pid file is.
visitors
mkdir -p /var/lib/nginx/run
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /var/lib/nginx/run/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/var/lib/nginx/run/nginx.pid ReadOnlyPaths=/var/lib/nginx/run
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
