rm -f "$SHOP_DIR/drip.py"
checkout_as_shipped
shop_as_shipped
