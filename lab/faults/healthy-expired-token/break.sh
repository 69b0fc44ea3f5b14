# One customer's job has a token that expired last night: it asks every second, gets 401, and asks again. More than half of the access log is its own.
visitors
checkout_python <<'PYTHON'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = 200, b"{}\n"
        if self.path.split("?")[0].endswith("orders") and self.headers.get("Authorization") != "Bearer of-today":
            status, body = 401, b'{"error": "token expired"}\n'
            print(f"orders: token of customer 4711 expired, {self.headers.get('User-Agent')}", flush=True)
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
(unnoted=1 && requests "$SHOP_SITE" "${SHOP_PATH}orders?since=2026-11-21" 90 0.06 --interface 127.0.8.8 -A 'python-requests/2.28.1' -H 'Authorization: Bearer of-yesterday' >/dev/null) &
requests "$SHOP_SITE" "${SHOP_PATH}orders" 5 0.3 -H 'Authorization: Bearer of-today'
shop_requests 40
wait
