visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30
