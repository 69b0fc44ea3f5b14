# The websocket's location is right; the chat behind it fails on each handshake for a new room with an error of its own and says 500.
visitors
cat >/srv/chat.py <<'PYTHON'
import base64
import hashlib
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455
rooms = {"lobby": []}


class Chat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        try:
            rooms[self.path.rsplit("/", 1)[-1]].append(self)
        except KeyError:
            traceback.print_exc()
            self.send_response(500)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        accept = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + MAGIC).encode()).digest()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(accept).decode())
        self.end_headers()
        self.rfile.read(1)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Chat).serve_forever()
PYTHON
cat >/etc/systemd/system/chat.service <<UNIT
[Unit]
Description=Chat of $SHOP_SITE

[Service]
ExecStart=/usr/bin/python3 /srv/chat.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now chat.service
wait_until 10 listens_on "$SPARE_PORT"
http_directive 'map $http_upgrade $connection_upgrade { default upgrade; "" close; }'
shop_server_directive "location /ws/ { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \$connection_upgrade; }"
reload_nginx
handshakes /ws/kitchen 20
