systemctl disable -q --now tunnel.service
rm -rf /etc/systemd/system/tunnel.service /run/tunnel/edge.sock
systemctl daemon-reload
systemctl reset-failed nginx.service
shop_as_shipped
