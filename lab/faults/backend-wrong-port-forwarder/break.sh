# nginx talks to a forwarder that systemd starts on demand; the application behind it moved to another port, and nobody told the forwarder.
visitors
cat >/etc/systemd/system/tunnel.service <<UNIT
[Unit]
Description=Way into the application

[Service]
ExecStart=/lib/systemd/systemd-socket-proxyd $SHOP_ADDRESS
UNIT
cat >/etc/systemd/system/tunnel.socket <<UNIT
[Socket]
ListenStream=127.0.0.1:$SPARE_PORT

[Install]
WantedBy=sockets.target
UNIT
systemctl daemon-reload
systemctl enable -q --now tunnel.socket
shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
shop_requests 3 >/dev/null
checkout_moves_to "127.0.0.1:$SPARE_PORT2"
shop_requests 20
