rm -f "$SHOP_DIR/idle.py"
checkout_as_shipped
shop_as_shipped
