rm -f "/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
systemctl daemon-reload
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
