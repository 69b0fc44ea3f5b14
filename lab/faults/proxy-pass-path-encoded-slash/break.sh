# The console of a message queue names its default host %2F; the slash behind proxy_pass makes nginx decode it, and the console knows no such path.
visitors
checkout_python / /cart "${SHOP_PATH}" "${SHOP_PATH}cart" /overview /queues/%%2F/orders <<'PYTHON'
import http.server
import sys

paths = sys.argv[3:]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.requestline.split()[1].split("?")[0]
        self.send_response(200 if path in paths else 404)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_location /mq/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/;"
reload_nginx
requests "$SHOP_SITE" /mq/overview 4 >/dev/null
requests "$SHOP_SITE" /mq/queues/%2F/orders 25
