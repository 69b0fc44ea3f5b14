# Pages that wait for news hold their requests open for nine seconds without a byte and then answer, as they are made to; everything else is quick.
visitors
checkout_python <<'PYTHON'
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.split("?")[0].endswith("news"):
            time.sleep(9)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"[]\n")

    def log_message(self, *ignored):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
# Visitors go on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..500}; do curl -s -m 20 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}news & sleep 0.5; done; wait"
requests "$SHOP_SITE" "${SHOP_PATH}news" 15 0.2
shop_requests 20 0.1
