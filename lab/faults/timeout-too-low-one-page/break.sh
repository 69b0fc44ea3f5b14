# One page got a location of its own with 800 ms for its answer, and it takes a second and a half; the rest of the site is quick.
visitors
checkout_python <<'PYTHON'
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.split("?")[0].endswith("checkout"):
            time.sleep(1.5)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_server_directive '}' "${INDENT}proxy_read_timeout 800ms;" "${INDENT}$SHOP_PASS" "location = ${SHOP_PATH}checkout {"
reload_nginx
shop_requests 10 0.1
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 25 0.2
