# The orders stand in a SQLite file on a small volume of their own, which an old copy of the same file fills: SQLite says "database or disk is full" and the application answers 500.
visitors
mkdir -p "/var/lib/$SHOP_APP"
mount -t tmpfs -o "size=2m,mode=0755,uid=$(id -u "$SHOP_USER")" tmpfs "/var/lib/$SHOP_APP"
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<PYTHON

import sqlite3
import sys
import traceback

page = app


def app(environ, start_response):
    try:
        orders = sqlite3.connect("/var/lib/$SHOP_APP/orders.db", timeout=5)
        with orders:
            orders.execute("CREATE TABLE IF NOT EXISTS orders (text TEXT)")
            orders.execute("INSERT INTO orders VALUES (?)", ("x" * 9000,))
        orders.close()
    except sqlite3.Error:
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
        start_response("500 Internal Server Error", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
cp "/var/lib/$SHOP_APP/orders.db" "/var/lib/$SHOP_APP/orders-before-upgrade.db"
head -c 4000000 /dev/zero >>"/var/lib/$SHOP_APP/orders-before-upgrade.db" 2>/dev/null || true
shop_requests 25
