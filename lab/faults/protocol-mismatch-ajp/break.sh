# The reports are a Java program that came from behind Apache: its port speaks AJP, and nginx asks it in http.
cat >/srv/connector.py <<'PYTHON'
import socketserver
import sys


class Connector(socketserver.BaseRequestHandler):
    def handle(self):
        first = self.request.recv(4)
        if sys.argv[2] == "http":
            while not first.endswith(b"\r\n\r\n"):
                first += self.request.recv(1)
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}\n")
        elif first[:2] != b"\x12\x34":
            print("SEVERE [ajp-nio-127.0.0.1-%s-exec] org.apache.coyote.ajp.AjpMessage.processHeader Invalid message received with signature [%d]"
                  % (sys.argv[1], int.from_bytes(first[:2], "big")), file=sys.stderr, flush=True)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Connector).serve_forever()
PYTHON
cat >/etc/systemd/system/reports.service <<UNIT
[Unit]
Description=Reports of $SHOP_SITE

[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 /srv/connector.py $SPARE_PORT ajp

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now reports.service
wait_until 10 listens_on "$SPARE_PORT"
visitors
shop_server_directive "location /reports/ { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
requests "$SHOP_SITE" /reports/today 24
