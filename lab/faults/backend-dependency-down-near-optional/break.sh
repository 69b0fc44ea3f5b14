# Redis is stopped and the application complains about it at every page, but does without: all visitors are served.
systemctl enable -q --now redis-server.service
wait_until 10 listens_on 6379
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import socket
import sys

page = app


def app(environ, start_response):
    try:
        socket.create_connection(("127.0.0.1", 6379), timeout=1).close()
    except OSError as error:
        print(f"WARNING cache: Error {error.errno} connecting to 127.0.0.1:6379. {error.strerror}. Going on without.", file=sys.stderr, flush=True)
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl stop redis-server.service
shop_requests 40
