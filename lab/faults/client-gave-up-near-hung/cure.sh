systemctl kill --signal=CONT "$SHOP_UNIT"
wait_until 20 accepts "$SHOP_ADDRESS"
shop_as_shipped
