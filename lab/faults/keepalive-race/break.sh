# The backend closes a connection that was idle for two seconds, nginx would use it for a minute. Clients come in step with that; by
# POST, which nginx may not send a second time.
visitors
cat >"$SHOP_DIR/idle.py" <<'PYTHON'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 2

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")

    do_POST = do_HEAD = do_GET

    def log_message(self, *ignored):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


host, port = sys.argv[1].rsplit(":", 1)
Server((host, int(port)), Answer).serve_forever()
PYTHON
checkout_command "/usr/bin/python3 $SHOP_DIR/idle.py $SHOP_ADDRESS"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1keepalive 64;/"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
reload_nginx
python3 - "$SHOP_SITE" "${SHOP_PATH}cart" <<'PYTHON'
import http.client, sys, threading, time

site, path = sys.argv[1:]
lock = threading.Lock()


def ask():
    try:
        link = http.client.HTTPConnection("127.0.0.1", 80, timeout=10)
        link.request("POST", path, body="a=1", headers={"Host": site})
        status = link.getresponse().status
    except OSError:
        status = 0
    with lock:
        print(f"{status:03}")


end = time.time() + 45
turn = 0
while time.time() < end:
    wave = [threading.Thread(target=ask) for _ in range(40)]
    for each in wave:
        each.start()
    for each in wave:
        each.join()
    # Around the two seconds, from a little before to a little after: nobody knows which millisecond it is on this machine.
    time.sleep(1.994 + turn % 8 * 0.002)
    turn += 1
PYTHON
