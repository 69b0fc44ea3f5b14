give_back "$SHOP_DIR/index.php"
rm -f "$SHOP_DIR/tree.php"
checkout_as_shipped
