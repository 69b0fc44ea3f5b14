# The shop goes through a cache of the same nginx, and the cache sends it back.
visitors
cat >"$(new_site cache)" <<NGINX
server {
    listen 127.0.0.1:$SPARE_PORT;
    server_name cache.internal;
    location / {
        proxy_pass http://127.0.0.1:80;
        proxy_set_header Host $SHOP_SITE;
    }
}
NGINX
shop_points_to "127.0.0.1:$SPARE_PORT"
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
