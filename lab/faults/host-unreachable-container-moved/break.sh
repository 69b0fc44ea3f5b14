# nginx connects to the address that the container had before it was made anew on another network.
visitors
checkout_unit_gone
containers_ready podman
podman network create --subnet 10.91.0.0/24 back >/dev/null
podman network create --subnet 10.92.0.0/24 apps >/dev/null
checkout_container podman --network back --ip 10.91.0.4 -- 0.0.0.0 "$SHOP_PORT"
wait_until 15 accepts "10.91.0.4:$SHOP_PORT"
shop_points_to "10.91.0.4:$SHOP_PORT"
shop_timeout connect 5
reload_nginx
shop_requests 5 >/dev/null
podman rm -f -t 2 "$SHOP_APP" >/dev/null
checkout_container podman --network apps --ip 10.92.0.4 -- 0.0.0.0 "$SHOP_PORT"
wait_until 15 accepts "10.92.0.4:$SHOP_PORT"
shop_requests 20
