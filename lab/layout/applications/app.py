"""A small API, small enough to break on purpose, for every server that speaks WSGI.

APP_DELAY (seconds) makes every answer late, APP_FAIL=1 makes every answer a 500,
APP_SETTINGS names a file without which the application does not start.
"""

import json
import os
import time

DELAY = float(os.environ.get("APP_DELAY", "0"))
FAIL = os.environ.get("APP_FAIL") == "1"

SETTINGS = os.environ.get("APP_SETTINGS")
if SETTINGS:
    with open(SETTINGS, encoding="utf-8") as settings:
        json.load(settings)


def app(environ, start_response):
    if DELAY:
        time.sleep(DELAY)
    if FAIL:
        raise RuntimeError("no price list for region eu-2")
    path = environ.get("PATH_INFO", "/")
    known = path.rsplit("/", 1)[-1] in ("", "cart", "checkout", "healthz")
    body = json.dumps({"path": path}).encode()
    status = "200 OK" if known else "404 Not Found"
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


application = app  # The name that mod_wsgi looks for.
