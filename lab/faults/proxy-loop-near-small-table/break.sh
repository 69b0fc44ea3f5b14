# nginx passes to a server of its own, on purpose and without a circle; its workers may have 40 connections, and each visit takes four.
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
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 40;/' /etc/nginx/nginx.conf
checkout_settings APP_DELAY=3
checkout_threads 200
reload_nginx
shop_requests 160 0.01
