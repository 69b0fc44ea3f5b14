# A few visitors hold websockets open; nginx passes the upgrade on as it should.
visitors
cat >"$WWW_DIR/ws.py" <<'PYTHON'
import base64, hashlib, socketserver, sys


class Hold(socketserver.StreamRequestHandler):
    def handle(self):
        key = b""
        while line := self.rfile.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"sec-websocket-key":
                key = value.strip()
        accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
        if not key:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")
            return
        self.wfile.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n")
        self.rfile.read()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), Hold).serve_forever()
PYTHON
printf '[Service]\nExecStart=/usr/bin/python3 %s/ws.py %s\n' "$WWW_DIR" "$SPARE_PORT" >/etc/systemd/system/live.service
systemctl daemon-reload
systemctl start live.service
wait_until 10 listens_on "$SPARE_PORT"
cat >"$(new_site extra)" <<EOF
server {
    listen 80;
    server_name live.$SHOP_SITE;
    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
        proxy_http_version 1.1;
        proxy_set_header Upgrade \$http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_read_timeout 1h;
    }
}
EOF
reload_nginx
upgrade=(-H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')
for i in 1 2 3; do systemd-run -q --unit="visitor$i" curl -s -m 300 -o /dev/null -H "Host: live.$SHOP_SITE" "${upgrade[@]}" http://127.0.0.1/; done
for i in 1 2 3 4 5; do curl -s -m 1 -o /dev/null -w '%{http_code}\n' -H "Host: live.$SHOP_SITE" "${upgrade[@]}" http://127.0.0.1/ || true; done
