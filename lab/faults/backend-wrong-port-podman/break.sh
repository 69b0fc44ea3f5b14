# The port is published to 8000 of the container, where the application listens on 8081 since its last release.
visitors
checkout_unit_gone
containers_ready podman
checkout_container podman -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8081
wait_until 10 sh -c "podman logs $SHOP_APP 2>&1 | grep -q listening"
shop_requests 20
