# After an incident somebody gave the page of payments a time-out of 1500 ms, so that it "fails fast"; the payment provider always takes two and a half seconds to answer.
usual_day
keep "$SHOP_DIR/app.py"
cat >>"$SHOP_DIR/app.py" <<'PYTHON'

page = app


def app(environ, start_response):
    if environ.get("PATH_INFO", "").endswith("checkout"):
        time.sleep(2.5)  # The provider books the amount.
    return page(environ, start_response)


application = app
PYTHON
checkout_threads 40
wait_until 15 accepts "$SHOP_ADDRESS"
shop_server_directive '}' "${INDENT}uwsgi_read_timeout 1500ms;" "${INDENT}$SHOP_PASS" "${INDENT}include uwsgi_params;" "location ~ ^${SHOP_PATH}checkout {"
reload_nginx
shop_requests 15 0.1
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 25 0.2
