# A new unit for the search says Conflicts= with the catalogue's database: starting it stopped the database. The application answers 502 by itself and writes why to a log file of its own.
cat >/srv/greet.py <<'PYTHON'
import socketserver
import sys


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"ready\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server(("127.0.0.1", int(sys.argv[1])), Greet).serve_forever()
PYTHON
cat >/etc/systemd/system/catalogue-db.service <<UNIT
[Unit]
Description=Database of the catalogue

[Service]
ExecStart=/usr/bin/python3 /srv/greet.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
cat >/etc/systemd/system/search-index.service <<UNIT
[Unit]
Description=Search
Conflicts=catalogue-db.service

[Service]
ExecStart=/usr/bin/python3 /srv/greet.py $SPARE_PORT2

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now catalogue-db.service
wait_until 10 listens_on "$SPARE_PORT"
mkdir -p "/var/log/$SHOP_APP"
chown "$SHOP_USER" "/var/log/$SHOP_APP"
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<PYTHON

import logging
import socket

logging.basicConfig(filename="/var/log/$SHOP_APP/app.log", format="%(asctime)s %(levelname)s %(name)s %(message)s")
page = app


def app(environ, start_response):
    try:
        with socket.create_connection(("127.0.0.1", $SPARE_PORT), timeout=2) as database:
            database.recv(100)
    except OSError as error:
        logging.getLogger("catalogue").error("could not connect to database at 127.0.0.1:$SPARE_PORT: [Errno %d] %s", error.errno, error.strerror)
        start_response("502 Bad Gateway", [("Content-Type", "application/json"), ("Content-Length", "26")])
        return [b'{"error":"try once again"}']
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl enable -q --now search-index.service
shop_requests 30
