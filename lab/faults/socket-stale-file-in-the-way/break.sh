# The application listens on a socket and does not remove an old one at its start, as Node.js and many small servers. It was killed; since then each start ends with "Address already in use", because its own old file is in the way.
socket=/srv/$SHOP_APP-run/app.sock
mkdir -p "${socket%/*}"
chown "$SHOP_USER" "${socket%/*}"
cat >"$SHOP_DIR/small.py" <<'PYTHON'
import os
import socketserver
import sys
from http.server import BaseHTTPRequestHandler


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def address_string(self):
        return "unix"


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


os.umask(0)
Server(sys.argv[1], Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/small.py $socket"
systemctl restart "$SHOP_UNIT"
wait_until 15 test -S "$socket"
shop_points_to "unix:$socket"
reload_nginx
visitors
systemctl kill --signal=KILL "$SHOP_UNIT"
wait_until 20 is_failed "$SHOP_UNIT"
shop_requests 30
