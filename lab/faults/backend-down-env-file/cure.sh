echo APP_DELAY=0 >"/etc/$SHOP_APP/secrets.env"
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
