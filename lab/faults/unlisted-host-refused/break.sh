# The ledger answers only those who call it by its name; its new site does not pass the name on, so that it is called by its address and says 400.
visitors
cat >/srv/ledger.py <<'PYTHON'
import http.server
import sys


class Ledger(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.headers.get("Host") == "ledger.example.com" else 400)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Ledger).serve_forever()
PYTHON
printf '[Unit]\nDescription=Ledger\n\n[Service]\nExecStart=/usr/bin/python3 /srv/ledger.py %s\n\n[Install]\nWantedBy=multi-user.target\n' "$SPARE_PORT" >/etc/systemd/system/ledger.service
systemctl daemon-reload
systemctl enable -q --now ledger.service
wait_until 10 listens_on "$SPARE_PORT"
cat >"$(new_site ledger)" <<NGINX
server {
    listen 80;
    server_name ledger.example.com;

    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
    }
}
NGINX
reload_nginx
requests ledger.example.com /accounts 30
