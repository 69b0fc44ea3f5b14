# nginx talks to the application through a forwarder; the forwarder was pointed at port 80 instead of the application.
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
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 3 >/dev/null
sed -i "s|$SHOP_ADDRESS|127.0.0.1:80|" /etc/systemd/system/forward.service
systemctl daemon-reload
systemctl restart forward.service
shop_requests 6 0.5
