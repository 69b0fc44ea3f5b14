# nginx talks to a forwarder, as with a published port of a container; the service behind it is stopped.
visitors
cat >/etc/systemd/system/forward.service <<UNIT
[Service]
ExecStart=/lib/systemd/systemd-socket-proxyd $SHOP_ADDRESS
UNIT
cat >/etc/systemd/system/forward.socket <<UNIT
[Socket]
ListenStream=127.0.0.1:$SPARE_PORT
[Install]
WantedBy=sockets.target
UNIT
systemctl daemon-reload
systemctl enable -q --now forward.socket
shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
shop_requests 3 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 20
