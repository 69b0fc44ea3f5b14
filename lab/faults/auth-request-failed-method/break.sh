# A sign-on on a unix socket was updated: its check takes POST only now. nginx asks with GET, for a whole site of files, and gets 405.
visitors
cat >/srv/gate.py <<'PYTHON'
import http.server
import os
import socketserver


class Check(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(405)

    def do_POST(self):
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def address_string(self):
        return "nginx"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 128


os.umask(0o111)
Server("/run/gate/gate.sock", Check).serve_forever()
PYTHON
cat >/etc/systemd/system/gate.service <<UNIT
[Unit]
Description=Sign-on of the wiki

[Service]
RuntimeDirectory=gate
ExecStart=/usr/bin/python3 /srv/gate.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now gate.service
wait_until 10 listens_at unix:/run/gate/gate.sock
cat >"$(new_site wiki)" <<EOF2
upstream gate {
    server unix:/run/gate/gate.sock;
}

server {
    listen 80;
    server_name wiki.example.com;
    root $WWW_DIR;
    auth_request /gate/check;

    location = /gate/check {
        internal;
        proxy_pass http://gate/check;
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
        proxy_set_header X-Original-URI \$request_uri;
    }
}
EOF2
reload_nginx
requests wiki.example.com /index.html 30
