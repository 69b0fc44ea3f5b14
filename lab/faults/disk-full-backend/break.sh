# The application keeps each order in a file; the file system of its orders is full. nginx sees its connection closed.
visitors
mkdir -p "$SHOP_DIR/orders"
mount -t tmpfs -o size=1m tmpfs "$SHOP_DIR/orders"
chown "$SHOP_USER" "$SHOP_DIR/orders"
cat >"$SHOP_DIR/orders.py" <<'PYTHON'
import os
import uuid


def app(environ, start_response):
    with open(os.path.join(os.path.dirname(__file__), "orders", uuid.uuid4().hex), "w", encoding="utf-8") as order:
        order.write("x" * 5000)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ app:app/ orders:app/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
dd if=/dev/zero of="$SHOP_DIR/orders/export.csv" bs=4096 2>/dev/null || true
shop_requests 25
