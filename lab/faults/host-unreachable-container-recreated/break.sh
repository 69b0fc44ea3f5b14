# nginx has the address of the container itself; the container was made anew and got the next one of its network.
visitors
checkout_unit_gone
containers_ready podman
podman network create --subnet 10.91.0.0/24 back >/dev/null
podman run -d --name side --ulimit host --network back --ip 10.91.0.9 -v /usr:/usr:ro "shop/$SHOP_APP:1.4" sleep 3600 >/dev/null
checkout_container podman --network back --ip 10.91.0.4 -- 0.0.0.0 "$SHOP_PORT"
wait_until 15 accepts "10.91.0.4:$SHOP_PORT"
shop_points_to "10.91.0.4:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
podman rm -f -t 2 "$SHOP_APP" >/dev/null
checkout_container podman --network back --ip 10.91.0.5 -- 0.0.0.0 "$SHOP_PORT"
wait_until 15 accepts "10.91.0.5:$SHOP_PORT"
shop_requests 20
