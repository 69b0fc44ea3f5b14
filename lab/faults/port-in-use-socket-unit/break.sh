# systemd itself holds port 80 for a service that starts when somebody asks; nginx was restarted and does not get the port.
visitors
systemctl stop nginx.service
cat >/etc/systemd/system/console.service <<UNIT
[Unit]
Description=Console of the host

[Service]
ExecStart=/lib/systemd/systemd-socket-proxyd 127.0.0.1:$SPARE_PORT
UNIT
cat >/etc/systemd/system/console.socket <<UNIT
[Unit]
Description=Console of the host

[Socket]
ListenStream=80

[Install]
WantedBy=sockets.target
UNIT
systemctl daemon-reload
systemctl enable -q --now console.socket
wait_until 10 listens_on 80
systemctl start nginx.service || true
curl -s -m 5 -o /dev/null -w '%{http_code}\n' "http://127.0.0.1/nothing-here" || true
