rm -f "$SHOP_DIR/pool.py"
checkout_as_shipped
shop_as_shipped
