# The application listens on 127.0.0.1 inside of its container, where the published port does not come in.
visitors
checkout_unit_gone
containers_ready podman
checkout_container podman -p "$SHOP_ADDRESS:8000" -- 127.0.0.1 8000
wait_until 10 sh -c "podman logs $SHOP_APP 2>&1 | grep -q listening"
shop_requests 20
