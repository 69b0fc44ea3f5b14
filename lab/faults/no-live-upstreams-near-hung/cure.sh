systemctl kill --signal=CONT "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 20 accepts "$SHOP_ADDRESS"
wait_until 20 accepts "$SECOND_ADDRESS"
