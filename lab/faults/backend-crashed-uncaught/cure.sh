rm -f "$SHOP_DIR/uncaught.js"
checkout_as_shipped
