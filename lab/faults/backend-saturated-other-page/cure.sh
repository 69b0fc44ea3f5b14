systemctl stop reports-export.service 2>/dev/null || true
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
shop_as_shipped
