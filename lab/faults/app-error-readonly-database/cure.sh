chown -R "$SHOP_USER:" "$SHOP_DIR/data"
