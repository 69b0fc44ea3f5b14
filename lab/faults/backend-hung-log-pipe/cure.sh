rm -f "$SHOP_DIR/talk.py" "$SHOP_DIR/rotate.py"
checkout_as_shipped
shop_as_shipped
