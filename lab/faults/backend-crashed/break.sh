# A page of the application follows a null pointer: the worker that serves it dies, with whatever else it was at.
visitors
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import ctypes

whole = app


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("cart"):
        time.sleep(0.3)
        ctypes.string_at(0)
    return whole(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 20 0.5
