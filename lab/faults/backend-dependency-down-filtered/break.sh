# Redis runs, but a hardening script rejects its port on loopback (nft): the application that keeps its sessions there answers 500.
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
            redis.recv(100)
    except OSError as error:
        raise RuntimeError(f"session store: Error {error.errno} connecting to 127.0.0.1:6379. {error.strerror}.") from error
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
nft add table inet hardening
nft 'add chain inet hardening output { type filter hook output priority 0; policy accept; }'
nft add rule inet hardening output oifname lo tcp dport 6379 counter reject with tcp reset
shop_requests 30
