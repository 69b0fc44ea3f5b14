systemctl stop metrics-push.service
rm -f /usr/local/bin/metrics-push
sysctl -q -w net.ipv4.ip_local_port_range="32768 60999"
systemctl start "$SHOP_UNIT"
