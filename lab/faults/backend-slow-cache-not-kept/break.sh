# The list of recommendations takes nine seconds to make and is kept in a folder. A deployment as root gave that folder to root: the application cannot write into it, says so, and makes the list anew for everybody. nginx waits six seconds.
usual_day
keep "$SHOP_DIR/app.py"
mkdir -p "/var/cache/$SHOP_APP"
chown "$SHOP_USER" "/var/cache/$SHOP_APP"
cat >>"$SHOP_DIR/app.py" <<PYTHON

page = app


def recommendations():
    try:
        with open("/var/cache/$SHOP_APP/recommendations.json", encoding="utf-8") as file:
            return file.read()
    except OSError:
        pass
    time.sleep(9)  # Nine seconds of queries.
    try:
        with open("/var/cache/$SHOP_APP/recommendations.json", "w", encoding="utf-8") as file:
            file.write("[]")
    except OSError as error:
        print("WARNING recommendations are not kept:", error, flush=True)
    return "[]"


def app(environ, start_response):
    recommendations()
    return page(environ, start_response)


application = app
PYTHON
echo '[]' >"/var/cache/$SHOP_APP/recommendations.json"
checkout_threads 40
wait_until 15 accepts "$SHOP_ADDRESS"
shop_timeout read 6
reload_nginx
(unnoted=1 shop_requests 5 >/dev/null)
rm "/var/cache/$SHOP_APP/recommendations.json"
chown root: "/var/cache/$SHOP_APP"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 24 0.3
