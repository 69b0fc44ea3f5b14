rm "/etc/systemd/system/$SHOP_SOCKET_UNIT.d/mode.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "unix:/run/$SHOP_APP.sock"
