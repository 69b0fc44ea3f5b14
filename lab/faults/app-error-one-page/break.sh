# One page of the application fails, the others are fine.
visitors
keep "$SHOP_DIR/app.py"
sed -i 's/^def app(environ, start_response):/&\n    if environ.get("PATH_INFO", "").endswith("checkout"):\n        raise KeyError("voucher")/' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
requests "$SHOP_SITE" "${SHOP_PATH}cart" 10 >/dev/null
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 20
