rm -rf "$SHOP_DIR/other.py" "$SHOP_DIR/prices"
checkout_as_shipped
