# The application has a deadline of its own for its prices and answers 504 when that is over: no time-out of nginx.
visitors
keep "$SHOP_DIR/app.py"
sed -i 's/^def app(environ, start_response):/&\n    if environ.get("PATH_INFO", "").endswith("cart"):\n        print("ERROR price rules: deadline of 200 ms is over at rule 41 of 900", file=__import__("sys").stderr, flush=True)\n        start_response("504 Gateway Timeout", [("Content-Type", "text\/plain"), ("Content-Length", "5")])\n        return [b"late\\n"]/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
