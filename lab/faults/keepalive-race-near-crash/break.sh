# Connections are kept and the backend ends idle ones before nginx does, but that is not what fails: an order makes the process abort.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n' >"/etc/systemd/system/$SHOP_UNIT.d/limit.conf"
checkout_python <<'PYTHON'
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(0.1)
        print("terminate called after throwing an instance of 'std::bad_variant_access'", file=sys.stderr, flush=True)
        os.abort()


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 32;|"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
reload_nginx
for i in {1..12}; do
  wait_until 15 accepts "$SHOP_ADDRESS"
  curl -s -m 5 -o /dev/null -H "Host: $SHOP_SITE" "http://127.0.0.1${SHOP_PATH}cart" || true
  shop_requests 1 0.1 -d order=1
done
wait_until 15 accepts "$SHOP_ADDRESS"
