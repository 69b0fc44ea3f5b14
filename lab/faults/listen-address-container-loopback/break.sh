# The application listens on 127.0.0.1 inside of its container, where the published port does not come in.
visitors
checkout_unit_gone
containers_ready docker
checkout_container docker -p "$SHOP_ADDRESS:8000" -- 127.0.0.1 8000
wait_until 10 sh -c "docker logs $SHOP_APP 2>&1 | grep -q listening"
shop_requests 20
