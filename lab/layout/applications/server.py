"""The API of app.py behind Python's own HTTP server: `server.py --host 127.0.0.1 --port 8080`."""

import argparse
import socket
import socketserver
import sys
import traceback
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer

from app import app


class Handler(WSGIRequestHandler):
    def log_message(self, format, *args):
        print(self.address_string(), format % args, flush=True)


class Complain(ServerHandler):
    def log_exception(self, exc_info):
        traceback.print_exception(*exc_info, file=sys.stderr)


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self):
        # Without the name look-up of the host that http.server does.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]
        self.setup_environ()


options = argparse.ArgumentParser()
options.add_argument("--host", default="127.0.0.1")
options.add_argument("--port", type=int, required=True)
chosen = options.parse_args()
if ":" in chosen.host:
    Server.address_family = socket.AF_INET6
server = Server((chosen.host, chosen.port), Handler)
server.set_app(app)
server.serve_forever()
