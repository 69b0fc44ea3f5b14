# Only the way back from the sign-on fails: the application sends people on to an address that carries a token of 5 kB. The other pages are fine.
visitors
keep "$SHOP_DIR/app.py"
sed -i 's/^def app(environ, start_response):/&\n    if environ.get("PATH_INFO", "").endswith("signed-in"):\n        start_response("302 Found", [("Location", "https:\/\/accounts.example.com\/start?token=" + "eyJhbGciOi" * 500), ("Content-Length", "0")])\n        return []/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 10 >/dev/null
requests "$SHOP_SITE" "${SHOP_PATH}signed-in" 24
