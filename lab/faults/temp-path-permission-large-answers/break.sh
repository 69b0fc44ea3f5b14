# A backup was played back over /var/lib as another user: nginx cannot set large answers aside for slow clients any more, and cuts them. The status is 200.
visitors
checkout_python <<'PYTHON'
import http.server
import sys


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"{}\n" if "cart" in self.path else b"item;price;stock\n" * 1200000
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *ignored):
        pass


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_requests 5 >/dev/null
chown -R backup:backup /var/lib/nginx/proxy
chmod 0700 /var/lib/nginx/proxy
requests "$SHOP_SITE" "${SHOP_PATH}export.csv" 12 0.2 --limit-rate 4M
