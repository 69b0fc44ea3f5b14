# A podman container behind nginx ends with an error, and nothing starts it again.
visitors
checkout_unit_gone
containers_ready podman
checkout_container podman -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 5 >/dev/null
podman kill -s KILL "$SHOP_APP" >/dev/null
shop_requests 20
