# Over a unix socket: the server's idle limit of 1.5 s stands in its environment file, nginx keeps connections for 75 s.
visitors
cat >"$SHOP_DIR/idle.py" <<'PYTHON'
import os
import socketserver
import sys
import time
from http.server import BaseHTTPRequestHandler


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = float(os.environ["KEEP_ALIVE"])

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    do_POST = do_HEAD = do_GET

    def finish(self):
        time.sleep(0.2)  # On a busy host: from the decision to close until it is done. What arrives meanwhile is lost.
        super().finish()

    def log_message(self, *ignored):
        pass


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 128


path = sys.argv[1]
if os.path.exists(path):
    os.unlink(path)
server = Server(path, Answer)
os.chmod(path, 0o666)
server.serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/idle.py ${SHOP_ADDRESS#unix:}"
checkout_settings KEEP_ALIVE=1.5
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 64;\n\1keepalive_timeout 75s;|"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
reload_nginx
waves 1.56
