# One of five parts of the traffic goes to a trial of the next release, whose header quotes a note of two lines: the second stands alone, with spaces.
visitors
second_checkout
cat >"$SHOP_DIR/trial.py" <<'PYTHON'
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOTE = "faster prices\nasked for by the sales team: see the wiki"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("X-Release", "trial")
        self.send_header("X-Release-Note", NOTE)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"{}\n")


host, port = sys.argv[1].rsplit(":", 1)
ThreadingHTTPServer((host, int(port)), Answer).serve_forever()
PYTHON
mkdir -p "/etc/systemd/system/$SECOND_UNIT.d"
printf '[Service]\nExecStart=\nExecStart=/usr/bin/python3 %s/trial.py %s\n' "$SHOP_DIR" "$SECOND_ADDRESS" >"/etc/systemd/system/$SECOND_UNIT.d/trial.conf"
systemctl daemon-reload
systemctl restart "$SECOND_UNIT"
wait_until 10 listens_at "$SECOND_ADDRESS"
shop_with "s/server $SHOP_ADDRESS;/server $SHOP_ADDRESS weight=4;/"
reload_nginx
shop_requests 40
