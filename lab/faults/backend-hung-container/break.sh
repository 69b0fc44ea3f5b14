# The application in the container takes every request and answers none.
visitors
checkout_unit_gone
containers_ready docker
checkout_container docker -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000 hang
wait_until 10 sh -c "docker logs $SHOP_APP 2>&1 | grep -q listening"
shop_timeout read 3
reload_nginx
shop_requests 20
