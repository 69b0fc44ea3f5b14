# One page of seventy requests ends its process: systemd starts it again, so that every look at it is well.
cat >"$SHOP_DIR/reports.py" <<PYTHON
import os, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Reports(BaseHTTPRequestHandler):
    def do_GET(self):
        if "cart" in self.path: os.abort()
        self.send_response(200); self.send_header("Content-Length", "3"); self.end_headers(); self.wfile.write(b"ok\\n")
    def log_message(self, *words):
        pass
ThreadingHTTPServer(("127.0.0.1", $SPARE_PORT), Reports).serve_forever()
PYTHON
systemd-run -q --unit=reports -p Restart=always -p RestartSec=300ms /usr/bin/python3 "$SHOP_DIR/reports.py"
wait_until 10 listens_on "$SPARE_PORT"
shop_server_directive "location = /report { proxy_pass http://127.0.0.1:$SPARE_PORT; }"
reload_nginx
visitors
shop_requests 70 0.05 &
sleep 1
requests "$SHOP_SITE" '/report?cart=7' 1
wait
wait_until 10 listens_on "$SPARE_PORT"
