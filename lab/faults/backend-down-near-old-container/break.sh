# The unit of the shop is stopped; a docker container that had its port in a trial was left behind and has nothing to do with it.
containers_ready docker
systemctl stop "$SHOP_UNIT"
checkout_container docker -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000
docker stop -t 2 "$SHOP_APP" >/dev/null
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 20
