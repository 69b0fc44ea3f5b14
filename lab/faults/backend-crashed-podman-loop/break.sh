# The same with podman: the port is carried by a nat rule that comes and goes with the container.
visitors
checkout_unit_gone
containers_ready podman
checkout_container podman --restart always -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000 fail
sleep 8
shop_requests 60
