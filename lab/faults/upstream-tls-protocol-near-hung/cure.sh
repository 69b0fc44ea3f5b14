systemctl kill --signal=CONT "$SHOP_UNIT"
wait_until 20 listens_at "$SHOP_ADDRESS"
