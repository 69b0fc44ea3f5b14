systemctl stop visitors.service
systemctl restart backend-container.service
sysctl -q -w net.ipv4.ip_local_port_range="32768 60999"
wait_until 10 accepts "$REMOTE_ADDRESS"
