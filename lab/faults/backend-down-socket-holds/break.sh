# The service is masked, its socket unit is not: the first request makes systemd give the port up.
visitors
shop_timeout read 5
reload_nginx
systemctl stop "$SHOP_UNIT"
mv "/etc/systemd/system/$SHOP_UNIT" "/usr/lib/systemd/system/$SHOP_UNIT"
systemctl daemon-reload
systemctl mask -q --runtime "$SHOP_UNIT"
shop_requests 8 0.5 -m 20
