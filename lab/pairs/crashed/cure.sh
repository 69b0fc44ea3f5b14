rm -f "$SHOP_DIR/abort.py"
checkout_as_shipped
