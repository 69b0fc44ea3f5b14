rm -f "$SHOP_DIR/loop.js"
checkout_as_shipped
shop_as_shipped
