# One kind of report in eighty requests carries a header whose name has a space, and nginx does not take it.
cat >/srv/labels.py <<'PYTHON'
import socketserver
import sys


class Labels(socketserver.StreamRequestHandler):
    def handle(self):
        request = self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        extra = b"X Label: 7\r\n" if b"label=7" in request else b""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + extra + b"Content-Length: 3\r\nConnection: close\r\n\r\nok\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), Labels).serve_forever()
PYTHON
printf '[Service]\nExecStart=/usr/bin/python3 /srv/labels.py %s\n' "$SPARE_PORT" >/etc/systemd/system/labels.service
systemctl daemon-reload
systemctl start labels.service
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /labels { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
visitors
shop_requests 60 0.04 &
requests "$SHOP_SITE" '/labels?label=3' 15 0.1
requests "$SHOP_SITE" '/labels?label=7' 1
wait
