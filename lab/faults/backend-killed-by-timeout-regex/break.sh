# A search pattern without bounds keeps a sync worker of gunicorn busy inside one call: it does not even notice the first signal of its master, which then kills it. That looks like memory, and is the time-out of 4 s.
visitors
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

import re

page = app


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("cart"):
        re.match("(a+)+$", "a" * 48 + "!")
    return page(environ, start_response)


application = app
PYTHON
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/--workers 1 --threads 8/--workers 2 --timeout 4/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
shop_requests 8 0.5
