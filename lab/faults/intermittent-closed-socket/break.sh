# The service for labels creates its unix socket for its own user alone; one request in eighty asks for a label.
cat >/srv/labels.py <<'PYTHON'
import os
import socketserver


class Labels(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")


os.umask(0o177)
socketserver.ThreadingUnixStreamServer("/run/labels/labels.sock", Labels).serve_forever()
PYTHON
printf '[Unit]\nDescription=Labels for parcels\n\n[Service]\nUser=%s\nRuntimeDirectory=labels\nExecStart=/usr/bin/python3 /srv/labels.py\n' "$SHOP_USER" >/etc/systemd/system/labels.service
systemctl daemon-reload
systemctl start labels.service
wait_until 10 test -S /run/labels/labels.sock
shop_server_directive 'location = /label { proxy_pass http://unix:/run/labels/labels.sock:; }'
reload_nginx
visitors
shop_requests 75 0.04 &
sleep 1
requests "$SHOP_SITE" '/label?parcel=88' 1
wait
