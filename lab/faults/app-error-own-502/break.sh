# The application reads a price list that was uploaded with a column too few, and answers 502 for it by itself: it looks like nginx's own, and nginx reached it well.
visitors
keep "$SHOP_DIR/app.py"
printf 'item;price\n4711;9.90\n' >"$SHOP_DIR/prices.csv"
cat >"$SHOP_DIR/app.py" <<'PYTHON'
import csv
import os
import sys

PRICES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "prices.csv")


def app(environ, start_response):
    try:
        with open(PRICES, encoding="utf-8") as prices:
            body = b"%d\n" % sum(float(row["price"]) * 100 for row in csv.DictReader(prices, delimiter=";"))
        status = "200 OK"
    except (KeyError, TypeError, ValueError) as error:
        print(f"ERROR prices.csv is not readable: {error!r}", file=sys.stderr, flush=True)
        status, body = "502 Bad Gateway", b"<html><head><title>502 Bad Gateway</title></head></html>\n"
    start_response(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 4 0.2 >/dev/null
printf 'item\n4711\n' >"$SHOP_DIR/prices.csv"
shop_requests 30
