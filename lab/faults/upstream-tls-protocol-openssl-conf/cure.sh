rm "/etc/systemd/system/$SHOP_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
