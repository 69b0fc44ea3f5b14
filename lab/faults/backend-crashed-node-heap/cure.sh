rm -f "$SHOP_DIR/catalogue.js"
checkout_as_shipped
