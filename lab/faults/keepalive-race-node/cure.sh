rm -f "$SHOP_DIR/idle.js"
checkout_as_shipped
shop_as_shipped
