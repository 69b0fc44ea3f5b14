# The application opens its management port first and the other one when its cache answers. The cache is stopped, so the only port it has is not the one nginx wants.
systemctl start redis-server.service
cat >"$SHOP_DIR/managed.py" <<'PYTHON'
import http.server
import socket
import sys
import threading
import time


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    def log_message(self, *ignored):
        pass


management = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Answer)
threading.Thread(target=management.serve_forever).start()
print(f"management on port {sys.argv[2]}", flush=True)
while True:
    try:
        socket.create_connection(("127.0.0.1", 6379), 1).close()
        break
    except OSError as error:
        print(f"ERROR cache: cannot connect to redis at 127.0.0.1:6379: {error}; next try in 1 s", flush=True)
        time.sleep(1)
print(f"serving on port {sys.argv[1]}", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/managed.py $SHOP_PORT $SPARE_PORT"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl stop redis-server.service
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_on "$SPARE_PORT"
shop_requests 40
