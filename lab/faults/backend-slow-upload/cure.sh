rm -f "$SHOP_DIR/other.py" /var/tmp/scan.bin
checkout_as_shipped
shop_as_shipped
