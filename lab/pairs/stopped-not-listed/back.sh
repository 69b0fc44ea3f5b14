systemctl stop "$SHOP_UNIT"
