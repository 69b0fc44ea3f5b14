# Two hops in one nginx: the public site allows 50 MB since the last complaint; the inner server that it passes uploads to, on a port of its own, still has the default.
visitors
shop_server_directive "location /media-api/ { client_max_body_size 50m; proxy_pass http://127.0.0.1:$SPARE_PORT; }"
cat >"$(new_site inner)" <<NGINX
server {
    listen 127.0.0.1:$SPARE_PORT;
    location / {
        proxy_pass http://$SHOP_ADDRESS;
    }
}
NGINX
reload_nginx
wait_until 5 listens_on "$SPARE_PORT"
head -c 3000000 /dev/zero >/tmp/upload
shop_requests 10 0.05 >/dev/null
requests "$SHOP_SITE" /media-api/new 20 0.1 -X POST -H 'Expect:' --data-binary @/tmp/upload
