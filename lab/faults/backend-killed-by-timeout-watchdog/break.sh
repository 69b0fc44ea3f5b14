# systemd watches the application (WatchdogSec=3): its only thread reports between two requests, and one request takes 8 s.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nType=notify\nNotifyAccess=all\nWatchdogSec=3\n' >"/etc/systemd/system/$SHOP_UNIT.d/watchdog.conf"
checkout_python <<'PYTHON'
import os
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


def tell(text):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.sendto(text, os.environ["NOTIFY_SOCKET"].replace("@", "\0", 1))


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.split("?")[0].endswith("cart"):
            time.sleep(8)
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


class Server(HTTPServer):
    request_queue_size = 128

    def service_actions(self):
        tell(b"WATCHDOG=1")


server = Server((sys.argv[1], int(sys.argv[2])), Answer)
tell(b"READY=1")
server.serve_forever()
PYTHON
shop_requests 12 1.2
