# The location of the check passes on the length of the visitor's body, and not the body: the sign-on waits for it at each POST, gives up and says 408. Reading is fine.
visitors
cat >/srv/gatekeeper.py <<'PYTHON'
import http.server
import sys


class Check(http.server.BaseHTTPRequestHandler):
    timeout = 1

    def do_GET(self):
        try:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = 204
        except TimeoutError:
            print("no body within a second", file=sys.stderr, flush=True)
            status = 408
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Check).serve_forever()
PYTHON
cat >/etc/systemd/system/gatekeeper.service <<UNIT
[Unit]
Description=Who may come in

[Service]
DynamicUser=yes
ExecStart=/usr/bin/python3 /srv/gatekeeper.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now gatekeeper.service
wait_until 10 listens_on "$SPARE_PORT"
shop_directive 'auth_request /_gate;'
shop_server_directive "location = /_gate { internal; proxy_pass http://127.0.0.1:$SPARE_PORT; proxy_set_header X-Original-URI \$request_uri; }"
reload_nginx
shop_requests 5 >/dev/null
shop_requests 30 0.1 --data item=4711
