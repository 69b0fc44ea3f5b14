systemctl start "$SHOP_SOCKET_UNIT"
