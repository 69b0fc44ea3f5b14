# The service is masked, its socket unit is not: systemd accepts for it, cannot start it, and nobody answers.
visitors
shop_timeout read 5
reload_nginx
systemctl stop "$SHOP_UNIT"
mv "/etc/systemd/system/$SHOP_UNIT" "/usr/lib/systemd/system/$SHOP_UNIT"
systemctl daemon-reload
systemctl mask -q --runtime "$SHOP_UNIT"
shop_requests 8 0.5 -m 20
