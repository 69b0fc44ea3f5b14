rm "/etc/systemd/system/$SHOP_UNIT.d/host.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
