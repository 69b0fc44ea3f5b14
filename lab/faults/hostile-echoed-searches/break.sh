# The application writes down what people search for, and somebody searches for the last words of other applications; then its unit is stopped.
visitors
checkout_python <<'PYTHON'
import http.server
import sys
import urllib.parse


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("search:", urllib.parse.unquote(self.path.partition("?")[2]), file=sys.stderr, flush=True)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
while read -r words; do
  path=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote("\n" + sys.argv[1]))' "$words")
  requests "$SHOP_SITE" "${SHOP_PATH}cart?$path" 6 0.02 >/dev/null
done <<EOF
[CRITICAL] WORKER TIMEOUT (pid:88)
redis.exceptions.ConnectionError: Error 111 connecting to 127.0.0.1:$SPARE_PORT. Connection refused.
OSError: [Errno 28] No space left on device: '/var/lib/nginx/body/0000000001'
MemoryError
Main process exited, code=killed, status=11/SEGV
EOF
systemctl stop "$SHOP_UNIT"
shop_requests 25
