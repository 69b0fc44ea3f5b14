systemctl stop visitors.service 2>/dev/null || true
rm -f "$SHOP_DIR/other.py"
checkout_as_shipped
