# Orders are handed to a message broker, whose configuration got an option that it does not know: it ended at its restart. Pages are shown, and no order is taken.
cat >/srv/rabbitmq.py <<'PYTHON'
import socketserver
import sys

for line in open("/etc/rabbitmq/rabbitmq.conf", encoding="utf-8"):
    name = line.split("=")[0].strip()
    if name not in ("listeners.tcp.default", "heartbeat"):
        sys.exit(f"[error] You've tried to set {name}, but there is no setting with this name.\n[error] Error preparing configuration in phase transform_datatypes")


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read(8))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


print("started TCP listener on 127.0.0.1:5672", flush=True)
Server(("127.0.0.1", 5672), Greet).serve_forever()
PYTHON
mkdir -p /etc/rabbitmq
printf 'listeners.tcp.default = 5672\nheartbeat = 60\n' >/etc/rabbitmq/rabbitmq.conf
cat >/etc/systemd/system/rabbitmq-server.service <<'UNIT'
[Unit]
Description=RabbitMQ broker

[Service]
ExecStart=/usr/bin/python3 /srv/rabbitmq.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now rabbitmq-server.service
wait_until 10 listens_on 5672
keep "$SHOP_DIR/app.py"
cat >"$SHOP_DIR/tasks.py" <<'PYTHON'
import os
import socket
from urllib.parse import urlsplit


class OperationalError(Exception):
    pass


OperationalError.__module__ = "kombu.exceptions"


def send(name):
    broker = urlsplit(os.environ["BROKER_URL"])
    try:
        with socket.create_connection((broker.hostname, broker.port), timeout=4) as link:
            link.sendall(b"AMQP\0\0\x09\x01")
            link.recv(8)
    except OSError as error:
        raise OperationalError(str(error)) from error
PYTHON
sed -i -e 's/^import time$/import time\n\nimport tasks/' -e 's/^def app(environ, start_response):/&\n    if environ.get("PATH_INFO", "").endswith("checkout"):\n        tasks.send("orders.place")/' "$SHOP_DIR/app.py"
checkout_settings BROKER_URL=amqp://shop@127.0.0.1:5672//
visitors
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 5 >/dev/null
(unnoted=1 && requests "$SHOP_SITE" "${SHOP_PATH}wp-login.php" 6 0.05 >/dev/null)
echo 'heartbeats = 30' >>/etc/rabbitmq/rabbitmq.conf
systemctl restart rabbitmq-server.service
wait_until 10 is_failed rabbitmq-server.service
shop_requests 10 >/dev/null
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 25
