# Invoices have a service of their own, which somebody stopped; one request in eighty asks for an invoice.
cat >/srv/invoices.py <<'PYTHON'
import http.server
import sys


class Invoices(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"ok\n")


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Invoices).serve_forever()
PYTHON
printf '[Unit]\nDescription=Invoices\n\n[Service]\nExecStart=/usr/bin/python3 /srv/invoices.py %s\n\n[Install]\nWantedBy=multi-user.target\n' "$SPARE_PORT" >/etc/systemd/system/invoices.service
systemctl daemon-reload
systemctl enable -q --now invoices.service
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /invoice { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
visitors
systemctl stop invoices.service
shop_requests 75 0.04 &
sleep 1
requests "$SHOP_SITE" '/invoice?number=2041' 1
wait
