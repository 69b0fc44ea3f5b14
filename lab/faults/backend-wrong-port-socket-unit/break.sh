# A drop-in moved the socket unit to another port; systemd itself listens there until the first request comes, and none comes.
visitors
mkdir -p "/etc/systemd/system/$SHOP_SOCKET_UNIT.d"
printf '[Socket]\nListenStream=\nListenStream=127.0.0.1:%s\n' "$SPARE_PORT" >"/etc/systemd/system/$SHOP_SOCKET_UNIT.d/port.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
wait_until 10 listens_on "$SPARE_PORT"
shop_requests 30
