sed -i "s|$SHOP_ADDRESS|127.0.0.1:$SPARE_PORT2|" /etc/systemd/system/tunnel.service
systemctl daemon-reload
systemctl restart tunnel.service
wait_until 15 accepts "127.0.0.1:$SPARE_PORT"
