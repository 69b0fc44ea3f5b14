# The application asks an API of rates for every page, which runs and answers, but takes 9 s for it since this morning; nginx waits 6 s.
cat >/srv/rates-api.py <<'PYTHON'
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(9 if os.path.exists("/srv/rates-api.rebuild") else 0)
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"1.08")


class Server(ThreadingHTTPServer):
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
PYTHON
cat >/etc/systemd/system/rates-api.service <<UNIT
[Unit]
Description=Rates API

[Service]
ExecStart=/usr/bin/python3 /srv/rates-api.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now rates-api.service
wait_until 10 listens_on "$SPARE_PORT"
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<PYTHON

import urllib.request

page = app


def app(environ, start_response):
    with urllib.request.urlopen("http://127.0.0.1:$SPARE_PORT/eur", timeout=60) as rates:
        rates.read()
    return page(environ, start_response)


application = app
PYTHON
checkout_threads 40
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
touch /srv/rates-api.rebuild
shop_timeout read 6
reload_nginx
shop_requests 24 0.3
