# The nightly export of the shop fails each time, and its journal is full of refused connections; no visitor asks it for anything.
visitors
cat >"/etc/systemd/system/$SHOP_APP-export.service" <<EOF
[Unit]
Description=Nightly export of $SHOP_SITE

[Service]
Type=oneshot
ExecStart=/usr/bin/python3 -c "import socket; socket.create_connection(('127.0.0.1', $SPARE_PORT))"
EOF
systemctl daemon-reload
for i in 1 2 3; do systemctl start "$SHOP_APP-export.service" || true; done
shop_requests 25
