# The application hands its files to nginx by X-Accel-Redirect; the internal location for them was lost, and the redirect leads to the application again.
visitors
mkdir -p /srv/papers
echo prices >/srv/papers/price-list.pdf
cat >/srv/papers.py <<'PYTHON'
import http.server
import sys


class Papers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        if self.path != "/":
            self.send_header("X-Accel-Redirect", "/protected/" + self.path.rsplit("/", 1)[1])
        self.send_header("Content-Length", "0")
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Papers).serve_forever()
PYTHON
printf '[Unit]\nDescription=Papers for customers\n\n[Service]\nExecStart=/usr/bin/python3 /srv/papers.py %s\n' "$SPARE_PORT" >/etc/systemd/system/papers.service
systemctl daemon-reload
systemctl start papers.service
wait_until 10 listens_on "$SPARE_PORT"
cat >"$(new_site papers)" <<NGINX
server {
    listen 80;
    server_name papers.example.com;

    location / {
        proxy_pass http://127.0.0.1:$SPARE_PORT;
        proxy_set_header Host \$host;
    }
}
NGINX
reload_nginx
requests papers.example.com / 3 >/dev/null
requests papers.example.com /download/price-list.pdf 25
