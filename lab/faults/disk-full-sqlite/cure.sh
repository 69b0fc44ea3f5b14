rm -f "/var/lib/$SHOP_APP/orders-before-upgrade.db"
wait_until 10 accepts "$SHOP_ADDRESS"
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
umount "/var/lib/$SHOP_APP"
