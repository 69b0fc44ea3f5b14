rm -r "/etc/systemd/system/$SHOP_SOCKET_UNIT.d"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
