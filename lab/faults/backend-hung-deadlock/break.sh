# Every thread waits for a lock that nobody will release. It takes half a minute until that can be told from slowness.
visitors
cat >"$SHOP_DIR/deadlock.py" <<'PYTHON'
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

held = threading.Lock()
held.acquire()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        held.acquire()


host, port = sys.argv[1].rsplit(":", 1)
ThreadingHTTPServer((host, int(port)), Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/deadlock.py $SHOP_ADDRESS"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_timeout read 5
reload_nginx
shop_requests 12 3
