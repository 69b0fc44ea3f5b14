# A hardening role bound the socket unit to the inner network card (BindToDevice=); the address it shows is the same, but nginx comes in by loopback.
ip link add lan0 type veth peer name switch0
ip link set switch0 up
ip link set lan0 up
ip address add 10.92.0.5/24 dev lan0
visitors
mkdir -p "/etc/systemd/system/$SHOP_SOCKET_UNIT.d"
printf '[Socket]\nListenStream=\nListenStream=0.0.0.0:%s\nBindToDevice=lan0\n' "$SHOP_PORT" >"/etc/systemd/system/$SHOP_SOCKET_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl stop "$SHOP_UNIT"
systemctl restart "$SHOP_SOCKET_UNIT"
wait_until 10 listens_on "$SHOP_PORT"
shop_requests 30
