# The application opens a connection to the search service for each page and never closes it; a hardening guide set LimitNOFILE=256 in a drop-in, which lasted for an hour.
visitors
a_backend search.service 127.0.0.1 "$SPARE_PORT"
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nLimitNOFILE=256\n' >"/etc/systemd/system/$SHOP_UNIT.d/hardening.conf"
checkout_python "$SPARE_PORT" <<'PYTHON'
import http.client
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

links = []


def search():
    link = http.client.HTTPConnection("127.0.0.1", int(sys.argv[3]), timeout=5)
    link.connect()
    links.append(link)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = 200, b"{}\n"
        try:
            search()
        except OSError:
            traceback.print_exc()
            status, body = 500, b'{"error": "internal"}\n'
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
(unnoted=1 && shop_requests 270 0.01 >/dev/null)
shop_requests 25
