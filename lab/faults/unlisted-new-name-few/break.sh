# The shop got a second name, which few people know yet; the application has a list of names that it answers to, without the new one, and says 400.
visitors
checkout_python "$SHOP_SITE" 127.0.0.1 <<'PYTHON'
import http.server
import sys

names = sys.argv[3:]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.headers.get("Host", "").split(":")[0] in names
        if not known:
            print("Invalid HTTP_HOST header:", repr(self.headers.get("Host")), "You may need to add it to ALLOWED_HOSTS.", flush=True)
        self.send_response(200 if known else 400)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


Server((sys.argv[1], int(sys.argv[2])), Answer).serve_forever()
PYTHON
shop_with "s|^\([ \t]*server_name $(plain_text "$SHOP_SITE")\);|\1 new.example.net;|"
shop_directive 'proxy_set_header Host $host;'
reload_nginx
shop_requests 45 0.02 >/dev/null
requests new.example.net "${SHOP_PATH}cart" 15
