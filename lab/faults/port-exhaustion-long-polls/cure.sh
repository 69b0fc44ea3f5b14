systemctl stop visitors.service
sysctl -q -w net.ipv4.ip_local_port_range="32768 60999"
sed -i '/time.sleep(50)/d' "$SHOP_DIR/remote.py"
systemctl restart backend-container.service
wait_until 10 accepts "$REMOTE_ADDRESS"
