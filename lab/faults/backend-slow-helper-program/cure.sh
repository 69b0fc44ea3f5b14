systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
rm -f /usr/local/bin/make-invoice
shop_as_shipped
