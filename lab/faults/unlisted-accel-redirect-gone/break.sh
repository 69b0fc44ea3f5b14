# The application hands its downloads to nginx by X-Accel-Redirect, to a named location that was lost when the site was rewritten.
visitors
cat >/srv/downloads.py <<'PYTHON'
import http.server
import sys


class Downloads(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("X-Accel-Redirect", "@files")
        self.send_header("Content-Length", "0")
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Downloads).serve_forever()
PYTHON
printf '[Service]\nExecStart=/usr/bin/python3 /srv/downloads.py %s\n' "$SPARE_PORT" >/etc/systemd/system/downloads.service
systemctl daemon-reload
systemctl start downloads.service
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /download { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
requests "$SHOP_SITE" /download 25
