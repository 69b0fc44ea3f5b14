# The websocket's location has the three directives and no Host header: the board compares the page's address with the name it was asked by, finds nginx's, and says 403.
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
        if self.headers.get("Upgrade", "").lower() == "websocket" and self.headers.get("Origin", "").split("//")[-1] == self.headers.get("Host"):
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1((self.headers["Sec-WebSocket-Key"] + MAGIC).encode()).digest()).decode())
            self.end_headers()
            self.rfile.read(1)
            return
        self.send_response(403)
        self.send_header("Content-Length", "19")
        self.end_headers()
        self.wfile.write(b"origin not allowed\n")


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Board).serve_forever()
PYTHON
printf '[Unit]\nDescription=Board of %s\n\n[Service]\nExecStart=/usr/bin/python3 /srv/board.py %s\n\n[Install]\nWantedBy=multi-user.target\n' "$SHOP_SITE" "$SPARE_PORT" >/etc/systemd/system/board.service
systemctl daemon-reload
systemctl enable -q --now board.service
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location /api/live/ { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \"upgrade\"; }"
reload_nginx
requests "$SHOP_SITE" /api/live/ws 24 0.2 --http1.1 -m 1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
  -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' -H "Origin: http://$SHOP_SITE"
