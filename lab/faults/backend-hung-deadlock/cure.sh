rm -f "$SHOP_DIR/deadlock.py"
checkout_as_shipped
shop_as_shipped
