# Down for some seconds, then started again by hand: the errors are young, the service came back after the last of them.
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 20 >/dev/null
systemctl start "$SHOP_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
shop_requests 30
