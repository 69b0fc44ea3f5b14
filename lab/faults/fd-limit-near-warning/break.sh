# nginx warns at each start that its workers may have more connections than files, and lives well with that; the shop is down for another reason.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 4096;/' /etc/nginx/nginx.conf
nginx_unit_with LimitNOFILE=512
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
systemctl stop "$SHOP_UNIT"
shop_requests 25
