# Somebody rewrote the unit without its RuntimeDirectory=: since the restart there is no folder for the socket, and the application cannot start.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nRuntimeDirectory=\n' >"/etc/systemd/system/$SHOP_UNIT.d/folder.conf"
systemctl stop "$SHOP_UNIT"
systemctl daemon-reload
folder=${SHOP_ADDRESS#unix:}
rm -rf "${folder%/*}"
systemctl start "$SHOP_UNIT" || true
wait_until 30 is_failed "$SHOP_UNIT"
shop_requests 30
