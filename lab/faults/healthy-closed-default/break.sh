# Strangers who come by address get no answer at all, and a probe of a load balancer an empty one.
visitors
cat >"$(new_site extra)" <<EOF
server {
    listen 127.0.0.1:$SPARE_PORT default_server;
    return 444;
}
server {
    listen 127.0.0.1:$SPARE_PORT;
    server_name probe.$SHOP_SITE;
    return 204;
}
EOF
reload_nginx
wait_until 10 listens_on "$SPARE_PORT"
for name in scanner.example.net "" 192.0.2.7; do curl -s -m 5 -o /dev/null -H "Host: $name" "http://127.0.0.1:$SPARE_PORT/" || true; done
for i in 1 2 3 4 5; do curl -s -m 5 -o /dev/null -w '%{http_code}\n' -H "Host: probe.$SHOP_SITE" "http://127.0.0.1:$SPARE_PORT/"; done
