# A packaged unit, stopped and masked for a migration that nobody remembers.
visitors
mv "/etc/systemd/system/$SHOP_UNIT" "/usr/lib/systemd/system/$SHOP_UNIT"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl mask -q "$SHOP_UNIT"
shop_requests 30
