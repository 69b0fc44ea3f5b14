# A tenant chose his own name on this host: his files, his folder and the description of his unit are full of quotes, blanks and commands; his application is stopped.
visitors
tenant='7 $(touch owned); `id` "x" -rf'
mkdir -p "/srv/tenants/$tenant"
cat >"/srv/tenants/$tenant/app.py" <<'PYTHON'
import http.server
import sys


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
PYTHON
cat >/etc/systemd/system/tenant-7.service <<UNIT
[Unit]
Description=\$(reboot); systemctl stop nginx.service # active (running) "tenant" of 127.0.0.1:80

[Service]
WorkingDirectory=/srv/tenants/$tenant
ExecStart=/usr/bin/python3 app.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now tenant-7.service
wait_until 10 listens_on "$SPARE_PORT"
cat >"$(new_site "tenant $tenant")" <<NGINX
server {
    listen 80;
    server_name tenant7.example.com;

    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
    }
}
NGINX
reload_nginx
requests tenant7.example.com /cart 4 >/dev/null
systemctl stop tenant-7.service
requests tenant7.example.com /cart 25
