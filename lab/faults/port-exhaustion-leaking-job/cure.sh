systemctl stop price-sync.service
rm -f /usr/local/bin/price-sync
sysctl -q -w net.ipv4.ip_local_port_range="32768 60999"
