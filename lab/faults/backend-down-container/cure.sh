docker start "$SHOP_APP" >/dev/null
wait_until 15 accepts "$SHOP_ADDRESS"
