systemctl stop archive-orders.service
rm -f /srv/archive-orders.py
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
rm -rf "/var/lib/$SHOP_APP"
shop_as_shipped
