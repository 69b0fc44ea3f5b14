# The file system where the application keeps its orders became read-only; nginx sees nothing but its 500.
visitors
mkdir -p "$SHOP_DIR/orders"
mount -t tmpfs -o size=10m tmpfs "$SHOP_DIR/orders"
chown "$SHOP_USER" "$SHOP_DIR/orders"
cat >"$SHOP_DIR/orders.py" <<'PYTHON'
import os
import traceback
import uuid


def app(environ, start_response):
    status = "200 OK"
    try:
        with open(os.path.join(os.path.dirname(__file__), "orders", uuid.uuid4().hex), "w", encoding="utf-8") as order:
            order.write("x" * 5000)
    except OSError:
        traceback.print_exc()
        status = "500 Internal Server Error"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ app:app/ orders:app/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 5 >/dev/null
mount -o remount,ro "$SHOP_DIR/orders"
shop_requests 25
