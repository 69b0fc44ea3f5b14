# The address was there when nginx was configured; since a change of the network it is not.
visitors
remote_backend
ip address add 10.88.0.5/24 dev br-backend
http_directive 'proxy_bind 10.88.0.5;'
reload_nginx
requests "$SHOP_SITE" "$SHOP_PATH" 5 >/dev/null
ip address del 10.88.0.5/24 dev br-backend
shop_requests 20
