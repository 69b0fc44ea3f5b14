# The location logs from crit on, because somebody found it too loud: nothing is written about the 7 kB of links in each answer's header.
visitors
shop_directive 'error_log /var/log/nginx/quiet.log crit;'
reload_nginx
shop_requests 3 >/dev/null
checkout_python <<'PYTHON'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        for number in range(90):
            self.send_header("Link", "</assets/part-%03d.4f1c09d2ab77.js>; rel=modulepreload; as=script" % number)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_requests 30
