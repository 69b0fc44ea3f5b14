# It aborts on one request, and nothing starts it again.
cat >"$SHOP_DIR/abort.py" <<'PYTHON'
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("cart"):
            time.sleep(1)
            os.abort()
        self.send_response(204)
        self.end_headers()


host, port = sys.argv[1].rsplit(":", 1)
ThreadingHTTPServer((host, int(port)), Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/abort.py $SHOP_ADDRESS"
printf '[Service]\nRestart=no\n' >"/etc/systemd/system/$SHOP_UNIT.d/once.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
