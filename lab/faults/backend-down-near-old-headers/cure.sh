systemctl start "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
