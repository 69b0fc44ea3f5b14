# The application never gives back a database connection when a voucher is refused: after four of those its pool is empty and every request waits for ever.
visitors
cat >"$SHOP_DIR/pool.py" <<'PYTHON'
import threading

connections = threading.BoundedSemaphore(4)


def app(environ, start_response):
    connections.acquire()
    if "voucher=" in environ.get("QUERY_STRING", ""):
        start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return []
    connections.release()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
PYTHON
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ app:app/ pool:app/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_timeout read 5
reload_nginx
for voucher in 1 2 3 4; do
  curl -s -m 5 -o /dev/null -H "Host: $SHOP_SITE" "http://127.0.0.1${SHOP_PATH}checkout?voucher=$voucher"
done
shop_requests 12 2.5
