# The check of the wiki sits on a unix socket. Its unit was hardened with UMask=0077, and since the restart nginx may not open the socket: visitors get 500.
visitors
cat >/srv/gate.py <<'PYTHON'
import http.server
import os
import socketserver


class Check(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204)
        self.end_headers()

    def address_string(self):
        return "nginx"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 128


Server(os.environ["RUNTIME_DIRECTORY"] + "/check.sock", Check).serve_forever()
PYTHON
cat >/etc/systemd/system/gate.service <<UNIT
[Unit]
Description=Sign-on of the wiki

[Service]
RuntimeDirectory=gate
UMask=0000
ExecStart=/usr/bin/python3 /srv/gate.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now gate.service
wait_until 10 listens_at unix:/run/gate/check.sock
cat >"$(new_site wiki)" <<EOF2
server {
    listen 80;
    server_name wiki.example.com;
    root $WWW_DIR;
    auth_request /_gate;

    location = /_gate {
        internal;
        proxy_pass http://unix:/run/gate/check.sock;
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
    }
}
EOF2
reload_nginx
requests wiki.example.com /index.html 4 >/dev/null
mkdir -p /etc/systemd/system/gate.service.d
printf '[Service]\nUMask=0077\n' >/etc/systemd/system/gate.service.d/hardening.conf
systemctl daemon-reload
systemctl restart gate.service
wait_until 10 listens_at unix:/run/gate/check.sock
requests wiki.example.com /index.html 30
