# One request in forty is an export that takes nine seconds; gunicorn ends its worker after four. Everybody else is served by the other workers.
usual_day
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

page = app


def app(environ, start_response):
    if environ.get("QUERY_STRING", "").startswith("export=all"):
        time.sleep(9)
    return page(environ, start_response)


application = app
PYTHON
checkout_runs "--bind $SHOP_BIND --threads 1 --worker-class sync --workers 4 --timeout 4"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 76 0.08 &
sleep 1
requests "$SHOP_SITE" "${SHOP_PATH}cart?export=all" 2
wait
