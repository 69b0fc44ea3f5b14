# The shop has live prices now: each browser keeps an event stream open, and each stream keeps one of the eight threads. Ten browsers are enough: every page waits for a thread until nginx gives up.
visitors
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

page = app


def prices():
    while True:
        yield b"data: 1.08\n\n"
        time.sleep(1)


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("live-prices"):
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        return prices()
    return page(environ, start_response)


application = app
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_directive 'proxy_buffering off;' 'proxy_read_timeout 10s;'
reload_nginx
systemd-run -q --collect --unit=browsers bash -c "for i in {1..10}; do curl -s -N -m 900 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}live-prices & done; wait"
sleep 3
shop_requests 20 0.3
