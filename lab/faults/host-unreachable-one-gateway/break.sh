# Two gateways lead to the backend's network, by weight; one of them is switched off, and what the kernel sends by it gets nowhere.
visitors
remote_backend
sed -i 's/"10.88.0.2"/"0.0.0.0"/' "$SHOP_DIR/remote.py"
systemctl restart backend-container.service
ip -n backend address add 10.99.0.2/32 dev lo
sysctl -q -w net.ipv4.fib_multipath_hash_policy=1
ip route add 10.99.0.0/24 nexthop via 10.88.0.2 dev br-backend weight 3 nexthop via 10.88.0.254 dev br-backend weight 1
wait_until 10 accepts "$REMOTE_ADDRESS"
shop_with "s|$REMOTE_ADDRESS|10.99.0.2:$SHOP_PORT|"
reload_nginx
shop_requests 40
