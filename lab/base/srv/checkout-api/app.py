"""The shop's API, small enough to break on purpose.

CHECKOUT_DELAY (seconds) makes every answer late, CHECKOUT_FAIL=1 makes every answer a 500,
CHECKOUT_SETTINGS names a file without which the application does not start.
"""

import json
import os
import time

DELAY = float(os.environ.get("CHECKOUT_DELAY", "0"))
FAIL = os.environ.get("CHECKOUT_FAIL") == "1"

SETTINGS = os.environ.get("CHECKOUT_SETTINGS")
if SETTINGS:
    with open(SETTINGS, encoding="utf-8") as settings:
        json.load(settings)


def app(environ, start_response):
    if DELAY:
        time.sleep(DELAY)
    if FAIL:
        raise RuntimeError("no price list for region eu-2")
    path = environ.get("PATH_INFO", "/")
    known = path in ("/", "/cart", "/checkout", "/healthz")
    body = json.dumps({"service": "checkout-api", "path": path}).encode()
    status = "200 OK" if known else "404 Not Found"
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
