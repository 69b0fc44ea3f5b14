ln -sfn "/var/releases/$SHOP_APP/20261102" "/var/releases/$SHOP_APP/current"
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
