# systemd makes the socket for the application; service and socket unit were stopped for maintenance, and systemd leaves the file behind.
socket=/run/$SHOP_APP.sock
mkdir -p "/etc/systemd/system/$SHOP_SOCKET_UNIT.d"
printf '[Socket]\nListenStream=\nListenStream=%s\n' "$socket" >"/etc/systemd/system/$SHOP_SOCKET_UNIT.d/unix.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
shop_points_to "unix:$socket"
reload_nginx
visitors
systemctl stop "$SHOP_UNIT" "$SHOP_SOCKET_UNIT"
shop_requests 30
