# Nobody listens on the port: it is the local end of a connection that another program keeps open for ever, and nginx was restarted.
visitors
cat >/usr/local/bin/replication <<'PYTHON'
import socket
import sys

here, there = int(sys.argv[1]), int(sys.argv[2])
server = socket.create_server(("127.0.0.1", there))
client = socket.socket()
client.bind(("127.0.0.1", here))
client.connect(("127.0.0.1", there))
taken, _ = server.accept()
taken.recv(1)
PYTHON
cat >/etc/systemd/system/replication.service <<UNIT
[Unit]
Description=Replication of the catalogue

[Service]
ExecStart=/usr/bin/python3 /usr/local/bin/replication $SPARE_PORT $SPARE_PORT2

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now replication.service
wait_until 10 eval "ss -Htn state established 'sport = :$SPARE_PORT' | grep -q ."
systemctl stop nginx.service
printf 'server {\n    listen %s;\n    server_name new.example.com;\n    root %s;\n}\n' "$SPARE_PORT" "$WWW_DIR" >"$(new_site new)"
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
