# The payment service posts to /hooks/ and is answered; a crawler that found the address asks with GET, which the application does not know there.
visitors
checkout_python "${SHOP_PATH}" "${SHOP_PATH}cart" / /cart <<'PYTHON'
import http.server
import sys

paths = sys.argv[3:]


class Answer(http.server.BaseHTTPRequestHandler):
    def answer(self, known):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def do_GET(self):
        self.answer(self.path.split("?")[0] in paths)

    def do_POST(self):
        self.answer(self.path == "/payment")


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_location /hooks/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/;"
reload_nginx
requests "$SHOP_SITE" /hooks/payment 10 0.1 -X POST -d paid=7
requests "$SHOP_SITE" /hooks/payment 20
