# The sign-on answers at /oauth2/auth; the location that asks it passes its own path on, and the sign-on does not know that one.
visitors
sign_on 204
cat >/srv/sign-on.py <<'PYTHON'
import http.server
import sys


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(202 if self.path == "/oauth2/auth" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
PYTHON
systemctl restart sign-on.service
wait_until 10 listens_on "$SPARE_PORT"
shop_asks_first
reload_nginx
shop_requests 30
