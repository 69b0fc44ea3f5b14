give_back "$SHOP_DIR/app.py"
checkout_as_shipped
