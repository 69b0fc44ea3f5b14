# Three seconds for the whole site, against slow pages; its event stream says something every six, and nginx cuts it off each time.
visitors
checkout_python <<'PYTHON'
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if not self.path.split("?")[0].endswith("news"):
            self.send_response(200)
            self.send_header("Content-Length", "3")
            self.end_headers()
            self.wfile.write(b"{}\n")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for number in range(20):
                self.wfile.write(b"data: %d\n\n" % number)
                self.wfile.flush()
                time.sleep(6)
        except OSError:
            pass


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_server_directive 'proxy_read_timeout 3s;'
shop_directive 'proxy_buffering off;'
reload_nginx
(unnoted=1 shop_requests 20 0.05 >/dev/null)
requests "$SHOP_SITE" "${SHOP_PATH}news" 20 0.3
