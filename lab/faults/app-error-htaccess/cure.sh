rm "$SHOP_DIR/.htaccess"
