# The websocket's location is right; the chat starts a process for each visitor, and since the update that process aborts at every handshake.
visitors
cat >/srv/chat.py <<'PYTHON'
import os
import socketserver
import sys


class Chat(socketserver.StreamRequestHandler):
    def handle(self):
        request = b""
        while (line := self.rfile.readline()).strip():
            request += line
        if b"upgrade: websocket" in request.lower():
            print("free(): invalid pointer", file=sys.stderr, flush=True)
            os.abort()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")


class Server(socketserver.ForkingTCPServer):
    allow_reuse_address = True
    request_queue_size = 128

    def collect_children(self, *, blocking=False):
        for child in list(self.active_children or ()):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                self.active_children.discard(child)
                if os.WIFSIGNALED(status):
                    print(f"[error] visitor process {child} exited on signal {os.WTERMSIG(status)}", file=sys.stderr, flush=True)


Server(("127.0.0.1", int(sys.argv[1])), Chat).serve_forever()
PYTHON
cat >/etc/systemd/system/chat.service <<UNIT
[Unit]
Description=Chat of $SHOP_SITE

[Service]
ExecStart=/usr/bin/python3 /srv/chat.py $SPARE_PORT
LimitCORE=0

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now chat.service
wait_until 10 listens_on "$SPARE_PORT"
http_directive 'map $http_upgrade $connection_upgrade { default upgrade; "" close; }'
shop_server_directive "location /ws/ { proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_http_version 1.1; proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \$connection_upgrade; }"
reload_nginx
requests "$SHOP_SITE" /ws/hello 3 >/dev/null
handshakes /ws/room 20
sleep 1
