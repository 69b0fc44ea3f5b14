# The application itself counts how often a customer asks and says 429; that nginx has a limit for another site has nothing to do with it.
visitors
checkout_python <<'PYTHON'
import http.server
import sys


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        counted = "X-Api-Key" in self.headers
        self.send_response(429 if counted else 200)
        if counted:
            self.send_header("Retry-After", "3600")
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
http_directive 'limit_req_zone $binary_remote_addr zone=files:1m rate=50r/s;' 'limit_req_status 429;'
keep "$WWW_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$WWW_SITE");\$|&\n\1limit_req zone=files burst=50;|" "$WWW_CONF"
reload_nginx
shop_requests 5 >/dev/null
shop_requests 40 0.1 -H 'X-Api-Key: partner-7'
