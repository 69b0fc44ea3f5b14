# The application asks Redis on its own host for each page; Redis is stopped.
systemctl enable -q --now redis-server.service
keep "$SHOP_DIR/app.py"
cat >"$SHOP_DIR/cache.py" <<'PYTHON'
import socket


class ConnectionError(Exception):
    pass


def get(key):
    try:
        with socket.create_connection(("127.0.0.1", 6379), timeout=2) as redis:
            redis.sendall(b"GET " + key + b"\r\n")
            return redis.recv(100)
    except OSError as error:
        raise ConnectionError(f"Error {error.errno} connecting to 127.0.0.1:6379. {error.strerror}.") from error
PYTHON
sed -i -e 's/^import time$/import time\n\nimport cache/' -e 's/^def app(environ, start_response):/&\n    cache.get(b"prices")/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
systemctl stop redis-server.service
