chmod -R o+rX "$SHOP_DIR/static"
