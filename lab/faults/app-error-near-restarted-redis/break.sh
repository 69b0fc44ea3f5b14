# Redis was restarted in the middle of a deployment and the journal is full of refused connections; it has been well since. What fails now is the new release itself.
systemctl enable -q --now redis-server.service
wait_until 10 listens_on 6379
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<PYTHON

import os
import socket

page = app


class ConnectionError(Exception):
    pass


def app(environ, start_response):
    try:
        with socket.create_connection(("127.0.0.1", 6379), timeout=2) as redis:
            redis.sendall(b"EXISTS session\r\n")
            redis.recv(100)
    except OSError as error:
        raise ConnectionError(f"Error {error.errno} connecting to 127.0.0.1:6379. {error.strerror}.") from error
    if os.path.exists("$SHOP_DIR/release-2"):
        raise KeyError("currency")
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl stop redis-server.service
(unnoted=1 shop_requests 12 0.05 >/dev/null)
systemctl start redis-server.service
wait_until 10 listens_on 6379
(unnoted=1 shop_requests 10 0.05 >/dev/null)
sleep 3
touch "$SHOP_DIR/release-2"
shop_requests 30
