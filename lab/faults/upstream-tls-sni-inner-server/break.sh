# The shop goes through an inner TLS server of the same nginx, whose default server refuses every hello without a name it has.
visitors
certificate /srv/tls/inner 30 shop.internal.example
cat >"$(new_site inner)" <<NGINX
server {
    listen 127.0.0.1:$SPARE_PORT ssl default_server;
    ssl_reject_handshake on;
}
server {
    listen 127.0.0.1:$SPARE_PORT ssl;
    server_name shop.internal.example $SHOP_SITE;
    ssl_certificate /srv/tls/inner.crt;
    ssl_certificate_key /srv/tls/inner.key;
    location / {
        proxy_pass http://$SHOP_ADDRESS;
    }
}
NGINX
shop_passes 'proxy_pass https://@TARGET@;'
shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
shop_requests 30
