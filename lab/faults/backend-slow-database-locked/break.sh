# The night's archive job still has the SQLite file of the orders to itself: each page waits 9 s for the lock and then goes on without; nginx waits 6 s.
visitors
install -d -o "$SHOP_USER" -g "$(id -gn "$SHOP_USER")" "/var/lib/$SHOP_APP"
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<PYTHON

import sqlite3

page = app


def app(environ, start_response):
    orders = sqlite3.connect("/var/lib/$SHOP_APP/orders.db", timeout=9)
    try:
        with orders:
            orders.execute("CREATE TABLE IF NOT EXISTS seen (path TEXT)")
            orders.execute("INSERT INTO seen VALUES (?)", (environ.get("PATH_INFO", "/"),))
    except sqlite3.OperationalError:
        pass  # Only statistics: nobody misses one line.
    finally:
        orders.close()
    return page(environ, start_response)


application = app
PYTHON
checkout_threads 40
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
cat >/srv/archive-orders.py <<'PYTHON'
import sqlite3
import sys
import time

orders = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
orders.execute("BEGIN EXCLUSIVE")
print("archiving orders of last year", flush=True)
time.sleep(7200)
PYTHON
systemd-run -q --collect --unit=archive-orders /usr/bin/python3 /srv/archive-orders.py "/var/lib/$SHOP_APP/orders.db"
sleep 1
shop_timeout read 6
reload_nginx
shop_requests 20 0.2
