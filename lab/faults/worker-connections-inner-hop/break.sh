# The public site passes the shop on to an inner server of the same nginx, which knows the release that is live: each visitor takes four connections instead of two, and a busy hour is more than worker_connections allows.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 64;/' /etc/nginx/nginx.conf
cat >"$(new_site live-release)" <<NGINX
server {
    listen 127.0.0.1:$SPARE_PORT;
    server_name live.internal;

    location / {
        proxy_pass http://$SHOP_ADDRESS;
        proxy_set_header Host \$host;
    }
}
NGINX
shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
(unnoted=1 && shop_requests 5 >/dev/null)
checkout_settings APP_DELAY=3
checkout_threads 200
shop_requests 140 0.01 | grep 000
