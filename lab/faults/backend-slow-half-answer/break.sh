# Header and half of the body come at once, the rest long after: nginx gives up while reading, and the client has its 200 already.
visitors
cat >"$SHOP_DIR/drip.py" <<'PYTHON'
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "200000")
        self.end_headers()
        self.wfile.write(b"x" * 100000)
        self.wfile.flush()
        time.sleep(7)
        self.wfile.write(b"x" * 100000)


host, port = sys.argv[1].rsplit(":", 1)
ThreadingHTTPServer((host, int(port)), Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/drip.py $SHOP_ADDRESS"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_timeout read 3
reload_nginx
shop_requests 20 0.2
