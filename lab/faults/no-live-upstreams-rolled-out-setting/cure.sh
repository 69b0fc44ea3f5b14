systemctl reset-failed "$SHOP_UNIT" "$SECOND_UNIT"
systemctl start "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
wait_until 15 accepts "$SECOND_ADDRESS"
