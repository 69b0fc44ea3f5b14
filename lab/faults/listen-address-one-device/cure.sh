rm "/etc/systemd/system/$SHOP_SOCKET_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
ip link del lan0
