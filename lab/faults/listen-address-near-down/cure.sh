systemctl start "$SHOP_UNIT"
shop_as_shipped
