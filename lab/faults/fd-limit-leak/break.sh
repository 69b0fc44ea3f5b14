# The application opens the price lists of its regions for each page and forgets to close them; the soft limit of 1024, which every unit has, lasted for a day.
visitors
mkdir -p "$SHOP_DIR/prices"
for region in {1..60}; do echo "{}" >"$SHOP_DIR/prices/region-$region.json"; done
checkout_python <<'PYTHON'
import glob
import os
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

lists = []


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        status = 200
        try:
            for region in range(1, 61):
                lists.append(open(os.path.join(os.path.dirname(__file__), "prices", f"region-{region}.json")))
        except OSError:
            traceback.print_exc()
            status = 500
        self.send_response(status)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
(unnoted=1 shop_requests 20 >/dev/null)
shop_requests 25
