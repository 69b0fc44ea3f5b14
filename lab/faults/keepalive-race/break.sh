# The backend closes a connection that was idle for two seconds, nginx would use it for a minute. Clients come in step with that; by
# POST, which nginx may not send a second time.
visitors
cat >"$SHOP_DIR/idle.py" <<'PYTHON'
import sys
import time
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

    def finish(self):
        # From the decision to close until it is done some milliseconds pass on a busy host: what arrives meanwhile is lost.
        time.sleep(0.08)
        super().finish()

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


for turn in range(24):
    wave = [threading.Thread(target=ask) for _ in range(10)]
    for each in wave:
        each.start()
    for each in wave:
        each.join()
    # Every third time just when the idle connections end.
    time.sleep(2.03 if turn % 3 == 2 else 0.4)
PYTHON
