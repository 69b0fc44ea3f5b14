# The service listens on [::], which took IPv4 as well until a hardening role set net.ipv6.bindv6only and the service was restarted.
checkout_moves_to "[::]:$SHOP_PORT"
wait_until 10 accepts "$SHOP_ADDRESS"
visitors
sysctl -q -w net.ipv6.bindv6only=1
echo 'net.ipv6.bindv6only = 1' >/etc/sysctl.d/60-hardening.conf
systemctl stop "$SHOP_UNIT"
[ -z "$SHOP_SOCKET_UNIT" ] || systemctl restart "$SHOP_SOCKET_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "[::1]:$SHOP_PORT"
shop_requests 30
