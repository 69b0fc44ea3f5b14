rm -f /tmp/selenium-profile.tar
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
umount /tmp
