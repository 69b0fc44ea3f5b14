# The new version of the application answers 500 with a number of the error, and writes what happened to a log file of its own, not to the journal.
visitors
mkdir -p "/var/log/$SHOP_APP"
chown "$SHOP_USER" "/var/log/$SHOP_APP"
checkout_python "/var/log/$SHOP_APP/errors.log" <<'PYTHON'
import logging
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

logging.basicConfig(filename=sys.argv[3], format="%(asctime)s %(levelname)s %(message)s")
taxes = {"eu-1": 19}


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = 200, b"{}\n"
        if self.path.endswith("cart"):
            try:
                body = b"%d\n" % taxes["eu-2"]
            except KeyError:
                logging.exception("no tax for the cart, error 7f31")
                status, body = 500, b'{"error": "7f31"}\n'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *ignored):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_requests 30
