# Reports of 4 s hold all eight threads, more come than can be done; the cart is computed at once and waits behind them until nginx gives up.
visitors
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

quick = app


def app(environ, start_response):
    if "report=" in environ.get("QUERY_STRING", ""):
        time.sleep(4)
    return quick(environ, start_response)
PYTHON
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_timeout read 5
reload_nginx
systemd-run -q --collect --unit=reports-export bash -c "for i in {1..1200}; do curl -s -m 9 -o /dev/null -H 'Host: $SHOP_SITE' '127.0.0.1${SHOP_PATH}checkout?report=7' & sleep 0.2; done; wait"
sleep 7
shop_requests 20 0.2
