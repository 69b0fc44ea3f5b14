# The sign-on serves several houses and looks at the Host header. That stands in the server block; a header was added in the location of the check, and with it none is inherited any more: 421.
visitors
cat >/srv/houses.py <<'PYTHON'
import http.server
import sys


class Check(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204 if self.headers.get("Host") == "intranet.example.com" else 421)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Check).serve_forever()
PYTHON
cat >/etc/systemd/system/houses.service <<UNIT
[Unit]
Description=Sign-on of all houses

[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 /srv/houses.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now houses.service
wait_until 10 listens_on "$SPARE_PORT"
cat >"$(new_site intranet)" <<EOF2
server {
    listen 80;
    server_name intranet.example.com;
    root $WWW_DIR;
    proxy_set_header Host \$host;
    proxy_set_header Content-Length "";
    proxy_pass_request_body off;

    location / {
        auth_request /check;
    }

    location = /check {
        internal;
        proxy_pass http://127.0.0.1:$SPARE_PORT;
    }
}
EOF2
reload_nginx
requests intranet.example.com /index.html 4 >/dev/null
sed -i 's|^\( *\)internal;|&\n\1proxy_set_header X-Original-URI $request_uri;|' "$(new_site intranet)"
reload_nginx
requests intranet.example.com /index.html 30
