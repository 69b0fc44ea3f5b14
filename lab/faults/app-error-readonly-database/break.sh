# The application keeps its carts in a SQLite file. An import was run as root and left the file to root: carts can be read and no longer written.
visitors
keep "$SHOP_DIR/app.py"
cat >"$SHOP_DIR/app.py" <<'PYTHON'
import json
import os
import sqlite3

BASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "carts.db")


def app(environ, start_response):
    base = sqlite3.connect(BASE)
    try:
        with base:
            if environ["REQUEST_METHOD"] == "POST":
                base.execute("INSERT INTO cart (item) VALUES (4711)")
            count = base.execute("SELECT count(*) FROM cart").fetchone()[0]
    finally:
        base.close()
    body = json.dumps({"items": count}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


application = app
PYTHON
mkdir -p "$SHOP_DIR/data"
python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("CREATE TABLE cart (item INTEGER)")' "$SHOP_DIR/data/carts.db"
chmod 0755 "$SHOP_DIR/data"
chown -R "$SHOP_USER:" "$SHOP_DIR/data"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 3 0.2 -X POST >/dev/null
shop_requests 3 >/dev/null
chown -R root:root "$SHOP_DIR/data"
shop_requests 30 0.1 -X POST
