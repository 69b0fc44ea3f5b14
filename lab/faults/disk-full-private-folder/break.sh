# The unit of the application has a small spool of its own in memory (TemporaryFileSystem=), which only its processes see; old orders fill it.
visitors
mkdir -p /var/spool/orders
cat >"$SHOP_DIR/orders.py" <<'PYTHON'
import traceback
import uuid


def app(environ, start_response):
    status = "200 OK"
    try:
        with open("/var/spool/orders/" + uuid.uuid4().hex, "w", encoding="utf-8") as order:
            order.write("x" * 60000)
    except OSError:
        traceback.print_exc()
        status = "500 Internal Server Error"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ app:app/ orders:app/')"
printf '[Service]\nTemporaryFileSystem=/var/spool/orders:size=1M,mode=1777\n' >"/etc/systemd/system/$SHOP_UNIT.d/spool.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
unnoted=1 shop_requests 25 0.1 >/dev/null
shop_requests 25
