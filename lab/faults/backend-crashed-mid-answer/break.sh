# The process aborts when half of the page is sent: visitors have their 200 and a page that ends in the middle.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n' >"/etc/systemd/system/$SHOP_UNIT.d/limit.conf"
checkout_python <<'PYTHON'
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        whole = self.path.split("?")[0].endswith("cart")
        self.send_response(200)
        self.send_header("Content-Length", "60000" if whole else "3")
        self.end_headers()
        if not whole:
            return self.wfile.write(b"{}\n")
        self.wfile.write(b"x" * 30000)
        self.wfile.flush()
        time.sleep(0.3)
        print("free(): invalid pointer", file=sys.stderr, flush=True)
        os.abort()


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
for i in {1..12}; do
  wait_until 15 accepts "$SHOP_ADDRESS"
  shop_requests 1 0.1
done
wait_until 15 accepts "$SHOP_ADDRESS"
