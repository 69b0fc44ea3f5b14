# The shop's application is a docker container with a published port; somebody stops it. No unit stands behind it.
visitors
checkout_unit_gone
containers_ready docker
checkout_container docker -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 5 >/dev/null
docker stop -t 3 "$SHOP_APP" >/dev/null
shop_requests 20
