rm "$SHOP_DIR/orders/export.csv"
checkout_as_shipped
umount "$SHOP_DIR/orders"
