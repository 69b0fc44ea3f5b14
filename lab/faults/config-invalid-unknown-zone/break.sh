# The zones of all rate limits are files of their own, taken in by a pattern; one was cleaned away, and the shop still uses its zone. nginx was restarted.
mkdir -p /etc/nginx/zones.d
echo 'limit_req_zone $binary_remote_addr zone=login:1m rate=50r/s;' >/etc/nginx/zones.d/login.conf
http_directive 'include /etc/nginx/zones.d/*.conf;'
shop_server_directive 'limit_req zone=login burst=200 nodelay;'
reload_nginx
visitors
rm /etc/nginx/zones.d/login.conf
systemctl restart nginx.service || true
shop_requests 10
