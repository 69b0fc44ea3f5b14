# The port is published to 8000 of the container, where the application listens on 8081 since its last release.
visitors
checkout_unit_gone
containers_ready docker
checkout_container docker -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8081
wait_until 10 sh -c "docker logs $SHOP_APP 2>&1 | grep -q listening"
shop_requests 20
