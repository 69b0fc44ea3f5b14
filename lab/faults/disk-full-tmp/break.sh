# The application unpacks each order in /tmp, a file system in memory that a test run of somebody filled: it answers 500, and everything else has room.
visitors
mount -t tmpfs -o size=4m,mode=1777 tmpfs /tmp
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import tempfile

page = app


def app(environ, start_response):
    with tempfile.NamedTemporaryFile(prefix="order-") as order:
        order.write(b"x" * 40000)
        order.flush()
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
head -c 8000000 /dev/zero >/tmp/selenium-profile.tar 2>/dev/null || true
shop_requests 25
