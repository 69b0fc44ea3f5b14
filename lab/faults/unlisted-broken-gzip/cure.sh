shop_as_shipped
systemctl stop packed.service
rm -f "$SHOP_DIR/packed.py"
