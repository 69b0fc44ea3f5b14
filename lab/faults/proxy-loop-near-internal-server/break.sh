# nginx passes to a server of its own, on purpose; the application behind that one is stopped.
visitors
cat >"$(new_site cache)" <<NGINX
server {
    listen 127.0.0.1:$SPARE_PORT;
    server_name cache.internal;
    location / {
        proxy_pass http://$SHOP_ADDRESS;
        proxy_set_header Host $SHOP_SITE;
    }
}
NGINX
shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 20
