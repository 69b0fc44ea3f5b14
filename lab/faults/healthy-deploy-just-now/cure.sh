give_back "$SHOP_DIR/app.py"
shop_as_shipped
