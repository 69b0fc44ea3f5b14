# A live board on a unix socket: asking again and again works and hides the mistake, but each try to go over to a websocket is told that it is a bad handshake.
visitors
cat >/srv/live.py <<'PYTHON'
import base64
import hashlib
import os
import socketserver
from http.server import BaseHTTPRequestHandler

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


class Live(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.close_connection = True
        if "transport=websocket" not in self.path:
            self.say(200, b'0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000}')
        elif self.headers.get("Upgrade", "").lower() != "websocket":
            self.say(400, b'{"code":3,"message":"Bad request"}')
        else:
            accept = hashlib.sha1((self.headers["Sec-WebSocket-Key"] + MAGIC).encode()).digest()
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(accept).decode())
            self.end_headers()
            self.rfile.read(1)

    def say(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def address_string(self):
        return "nginx"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 128


os.umask(0)
Server("/run/live/live.sock", Live).serve_forever()
PYTHON
cat >/etc/systemd/system/live.service <<UNIT
[Unit]
Description=Live board of $SHOP_SITE

[Service]
RuntimeDirectory=live
ExecStart=/usr/bin/python3 /srv/live.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now live.service
wait_until 10 listens_at unix:/run/live/live.sock
shop_server_directive 'location /socket.io/ { proxy_pass http://unix:/run/live/live.sock; proxy_set_header Host $host; proxy_buffering off; }'
reload_nginx
requests "$SHOP_SITE" '/socket.io/?EIO=4&transport=polling' 8 >/dev/null
handshakes '/socket.io/?EIO=4&transport=websocket' 24
