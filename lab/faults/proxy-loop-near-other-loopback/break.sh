# nginx answers a check of its own on the backend's port, but at 127.0.0.2; the application at 127.0.0.1 is stopped.
visitors
cat >"$(new_site alive)" <<NGINX
server {
    listen 127.0.0.2:$SHOP_PORT;
    server_name alive.internal;
    location / {
        return 204;
    }
}
NGINX
reload_nginx
wait_until 10 eval 'ss -Htln "sport = :$SHOP_PORT" | grep -q 127.0.0.2'
shop_requests 3 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 20
