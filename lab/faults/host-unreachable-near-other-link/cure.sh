systemctl start "$SHOP_UNIT"
