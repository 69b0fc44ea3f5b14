# The location has no slash at its end and proxy_pass has one: /store/cart becomes //cart, which the router of the application does not know.
visitors
checkout_python "${SHOP_PATH}" "${SHOP_PATH}cart" / /cart <<'PYTHON'
import http.server
import sys

paths = sys.argv[3:]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        # The path as it came: self.path has its slashes at the front made one.
        path = self.requestline.split()[1].split("?")[0]
        self.send_response(200 if path in paths else 404)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_location /store "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/;"
reload_nginx
requests "$SHOP_SITE" /store/cart 20
