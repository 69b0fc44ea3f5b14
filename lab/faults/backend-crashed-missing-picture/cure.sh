rm -rf "$SHOP_DIR/pictures.js" "$SHOP_DIR/pictures"
checkout_as_shipped
