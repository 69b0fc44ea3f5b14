rm -f "$SHOP_DIR/other.py"
checkout_as_shipped
shop_as_shipped
