# Nothing is set: nginx waits its usual 60 s. The page of all orders grew with the orders and takes 64; everybody who opens it gets 504, the other pages are quick.
visitors
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

page = app


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("checkout"):
        time.sleep(64)
    return page(environ, start_response)


application = app
PYTHON
checkout_threads 40
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 12 0.5 &
(unnoted=1 shop_requests 40 1 >/dev/null)
wait
sleep 5
