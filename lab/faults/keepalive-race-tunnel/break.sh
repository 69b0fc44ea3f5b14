# Between nginx and the service stands a tunnel that ends connections which were idle for 1.5 s; nginx keeps them for a minute, the service itself for longer.
visitors
idle_server 75
cat >/srv/tunnel.py <<'PYTHON'
import argparse
import select
import socket
import socketserver
import time

options = argparse.ArgumentParser()
options.add_argument("--listen")
options.add_argument("--connect")
options.add_argument("--idle-timeout", type=float)
options = options.parse_args()


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


class Pass(socketserver.BaseRequestHandler):
    def handle(self):
        with socket.create_connection(address(options.connect)) as service:
            other = {self.request: service, service: self.request}
            while True:
                ready = select.select(list(other), [], [], options.idle_timeout)[0]
                if not ready:
                    time.sleep(0.08)  # On a busy host: from the decision to close until it is done. What arrives meanwhile is lost.
                    return
                for each in ready:
                    data = each.recv(65536)
                    if not data:
                        return
                    other[each].sendall(data)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


Server(address(options.listen), Pass).serve_forever()
PYTHON
cat >/etc/systemd/system/tunnel.service <<UNIT
[Unit]
Description=Tunnel to the service of $SHOP_SITE

[Service]
ExecStart=/usr/bin/python3 /srv/tunnel.py --listen 127.0.0.1:$SPARE_PORT --connect $SHOP_ADDRESS --idle-timeout 1.5

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now tunnel.service
wait_until 10 listens_on "$SPARE_PORT"
shop_keepalive 'keepalive 64;'
shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
waves 1.53
