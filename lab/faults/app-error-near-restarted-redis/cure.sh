rm -f "$SHOP_DIR/release-2"
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
systemctl disable -q --now redis-server.service
