# A scanner looks at each request for 7 s before the application reads its body: nginx, which may wait 3 s to send, gives up on large uploads.
visitors
checkout_python <<'PYTHON'
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(7)
        left = int(self.headers.get("Content-Length", 0))
        while left > 0:
            part = self.rfile.read(min(left, 65536))
            if not part:
                return
            left -= len(part)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    do_POST = do_GET


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_directive 'client_max_body_size 40m;' 'proxy_send_timeout 3s;'
reload_nginx
head -c 16000000 /dev/zero >/var/tmp/scan.bin
shop_requests 12 0.3 --data-binary @/var/tmp/scan.bin
