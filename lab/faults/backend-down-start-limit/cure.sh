systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
