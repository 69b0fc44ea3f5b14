rm /etc/sysctl.d/60-hardening.conf
sysctl -q -w net.ipv6.bindv6only=0
systemctl stop "$SHOP_UNIT"
[ -z "$SHOP_SOCKET_UNIT" ] || systemctl restart "$SHOP_SOCKET_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
