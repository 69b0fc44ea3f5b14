rm -f "$SHOP_SETTINGS"
systemctl reset-failed "$SHOP_UNIT" "$SHOP_SOCKET_UNIT"
systemctl start "$SHOP_SOCKET_UNIT"
