# Redis runs and answers, but its folder is on a volume that an old dump fills: it could not save, and since then it takes no writes (MISCONF). The shop keeps its carts there and answers 500.
mkdir -p /var/lib/redis
mount -t tmpfs -o "size=1m,mode=0750,uid=$(id -u redis),gid=$(id -g redis)" tmpfs /var/lib/redis
systemctl enable -q --now redis-server.service
wait_until 10 listens_on 6379
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import socket

page = app


class ResponseError(Exception):
    pass


ResponseError.__module__ = "redis.exceptions"


def app(environ, start_response):
    with socket.create_connection(("127.0.0.1", 6379), timeout=2) as redis:
        redis.sendall(b"INCR carts\r\n")
        answer = redis.recv(500).decode().strip()
    if answer.startswith("-"):
        raise ResponseError(answer[1:])
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
head -c 2000000 /dev/zero >/var/lib/redis/dump-before-upgrade.rdb 2>/dev/null || true
redis-cli bgsave >/dev/null
wait_until 10 sh -c 'redis-cli info persistence | grep -q rdb_last_bgsave_status:err'
shop_requests 25
