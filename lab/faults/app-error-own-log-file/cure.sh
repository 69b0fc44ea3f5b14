checkout_as_shipped
rm -f "$SHOP_DIR/other.py"
