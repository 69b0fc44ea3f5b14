# One visitor of eighty has a session that ended: the sign-on service sends him to its login page instead of saying 401.
cat >/srv/session.py <<'PYTHON'
import http.server
import sys


class Session(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ended = "session=ended" in self.headers.get("Cookie", "")
        self.send_response(302 if ended else 204)
        if ended:
            self.send_header("Location", "https://login.example.com/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Session).serve_forever()
PYTHON
printf '[Service]\nExecStart=/usr/bin/python3 /srv/session.py %s\n' "$SPARE_PORT" >/etc/systemd/system/session.service
systemctl daemon-reload
systemctl start session.service
wait_until 10 listens_on "$SPARE_PORT"
shop_directive 'auth_request /_session;'
shop_server_directive '}' 'location = /_session {'
shop_with "s|^\([ \t]*\)location = /_session {|&\n\1    internal;\n\1    proxy_pass http://127.0.0.1:$SPARE_PORT;\n\1    proxy_pass_request_body off;\n\1    proxy_set_header Content-Length \"\";|"
reload_nginx
visitors
shop_requests 75 0.04 -H 'Cookie: session=good' &
sleep 1
shop_requests 1 0.1 -H 'Cookie: session=ended'
wait
