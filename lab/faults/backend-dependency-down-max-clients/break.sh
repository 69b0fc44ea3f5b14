# Redis runs and refuses: a worker of another team never closes its connections and holds all four that a drop-in allows; the shop is told "max number of clients reached" and answers 500.
mkdir -p /etc/systemd/system/redis-server.service.d
printf '[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --supervised systemd --daemonize no --maxclients 4\n' >/etc/systemd/system/redis-server.service.d/small.conf
systemctl daemon-reload
systemctl enable -q --now redis-server.service
wait_until 10 listens_on 6379
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import socket

page = app


def app(environ, start_response):
    try:
        with socket.create_connection(("127.0.0.1", 6379), timeout=2) as redis:
            redis.sendall(b"EXISTS session\r\n")
            answer = redis.recv(100).decode().strip()
    except OSError as error:
        answer = f"-ERR {error}"
    if answer.startswith("-ERR"):
        raise RuntimeError(f"session store: ConnectionError: 127.0.0.1:6379: {answer[5:]}")
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
(unnoted=1 shop_requests 2 0.5 >/dev/null)
cat >/srv/stock-worker.py <<'PYTHON'
import socket
import time

links = []
while len(links) < 4:
    links.append(socket.create_connection(("127.0.0.1", 6379)))
    links[-1].sendall(b"PING\r\n")
    if not links[-1].recv(100).startswith(b"+PONG"):
        links.pop().close()
        time.sleep(0.1)
time.sleep(86400)
PYTHON
systemd-run -q --unit=stock-worker /usr/bin/python3 /srv/stock-worker.py
wait_until 10 sh -c '[ "$(ss -Htn state established "dport = :6379" | wc -l)" -ge 4 ]'
sleep 1
shop_requests 30
