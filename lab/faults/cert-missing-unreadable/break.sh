# The unit starts nginx as an ordinary user, who may not read the key in a folder of root's.
visitors
certificate /etc/nginx/tls/private/secure 90
chmod 0700 /etc/nginx/tls/private
https_site /etc/nginx/tls/private/secure.crt /etc/nginx/tls/private/secure.key
install -d -o www-data -g www-data /run/nginx-www
keep /etc/nginx/nginx.conf
sed -i 's|^pid .*|pid /run/nginx-www/nginx.pid;|' /etc/nginx/nginx.conf
systemctl stop nginx.service
nginx_unit_with User=www-data AmbientCapabilities=CAP_NET_BIND_SERVICE PIDFile=/run/nginx-www/nginx.pid
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
