# Upgrade and Connection are passed on, but in a request of HTTP/1.0, in which there is no upgrade: the server of the board says 400.
visitors
cat >/srv/board.py <<'PYTHON'
import base64
import hashlib
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


class Board(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        if self.request_version == "HTTP/1.0" or self.headers.get("Upgrade", "").lower() != "websocket":
            self.send_response(400)
            self.send_header("Content-Length", "32")
            self.end_headers()
            self.wfile.write(b"a handshake needs HTTP/1.1 here\n")
            return
        accept = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + MAGIC).encode()).digest()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(accept).decode())
        self.end_headers()
        self.rfile.read(1)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Board).serve_forever()
PYTHON
cat >/etc/systemd/system/board.service <<UNIT
[Unit]
Description=Whiteboard of $SHOP_SITE

[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 /srv/board.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now board.service
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /board/ws { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \"upgrade\"; proxy_set_header Host \$host; }"
reload_nginx
handshakes /board/ws 20
