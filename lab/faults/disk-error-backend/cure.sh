checkout_as_shipped
umount "$SHOP_DIR/orders"
