rm "/etc/systemd/system/$SHOP_UNIT.d/folder.conf"
systemctl daemon-reload
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
