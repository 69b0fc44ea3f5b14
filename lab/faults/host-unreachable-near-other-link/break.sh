# A bridge without a port, a blackhole and a neighbour that never answered are left from an old network; the shop's backend is here, and stopped.
visitors
ip link add br-old type bridge
ip address add 10.94.0.1/24 dev br-old
ip link set br-old up
ip route add blackhole 10.95.0.0/16
ip neigh replace 10.94.0.7 dev br-old nud failed
curl -s -m 1 -o /dev/null "http://10.94.0.8:$SHOP_PORT/" || true
shop_requests 3 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 20
