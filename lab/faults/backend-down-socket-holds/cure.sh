systemctl unmask -q --runtime "$SHOP_UNIT"
systemctl reset-failed "$SHOP_SOCKET_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
