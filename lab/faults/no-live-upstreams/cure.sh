systemctl start "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
wait_until 10 accepts "$SECOND_ADDRESS"
