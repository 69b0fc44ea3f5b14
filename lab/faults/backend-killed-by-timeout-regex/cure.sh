systemctl kill --signal=KILL "$SHOP_UNIT"
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
