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
reload_nginx
shop_requests 6 0.5
