# The service writes each request to a program that rotates its log; that one stopped to read, the pipe between them is full, and every thread waits until it may write.
visitors
cat >"$SHOP_DIR/rotate.py" <<'PYTHON'
import sys
import time

left = 40000
for line in sys.stdin:
    left -= len(line)
    if left < 0:
        time.sleep(86400)  # It waits for the archive of the day before to be packed.
PYTHON
cat >"$SHOP_DIR/talk.py" <<'PYTHON'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        print("request", self.path, "context", "." * 8000, flush=True)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *ignored):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
checkout_command "/bin/sh -c '/usr/bin/python3 $SHOP_DIR/talk.py ${SHOP_BIND%:*} $SHOP_PORT | /usr/bin/python3 $SHOP_DIR/rotate.py'"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_timeout read 5
reload_nginx
for i in {1..30}; do curl -s -m 3 -o /dev/null "http://$SHOP_ADDRESS/" & done
sleep 3.5
shop_requests 14 2
