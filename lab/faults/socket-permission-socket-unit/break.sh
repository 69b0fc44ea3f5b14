# systemd makes the socket for the application; somebody closed it with SocketMode=0600, and nginx is not its owner.
socket=/run/$SHOP_APP.sock
mkdir -p "/etc/systemd/system/$SHOP_SOCKET_UNIT.d"
printf '[Socket]\nListenStream=\nListenStream=%s\n' "$socket" >"/etc/systemd/system/$SHOP_SOCKET_UNIT.d/unix.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
shop_points_to "unix:$socket"
reload_nginx
visitors
printf '[Socket]\nSocketUser=%s\nSocketMode=0600\n' "$SHOP_USER" >"/etc/systemd/system/$SHOP_SOCKET_UNIT.d/mode.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
systemctl start "$SHOP_UNIT"
shop_requests 30
