# One customer has so many cookies set that the answer does not fit into the buffer.
cat >"$SHOP_DIR/reports.py" <<PYTHON
import os, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Reports(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        if "cart" in self.path:
            for number in range(40): self.send_header("Set-Cookie", "item%d=%s" % (number, "x" * 120))
        self.send_header("Content-Length", "3"); self.end_headers(); self.wfile.write(b"ok\\n")
    def log_message(self, *words):
        pass
ThreadingHTTPServer(("127.0.0.1", $SPARE_PORT), Reports).serve_forever()
PYTHON
systemd-run -q --unit=reports  /usr/bin/python3 "$SHOP_DIR/reports.py"
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /report { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
visitors
shop_requests 70 0.05 &
sleep 1
requests "$SHOP_SITE" '/report?cart=7' 1
wait
