shop_as_shipped
systemctl stop reports.service
rm -f "$SHOP_DIR/reports.py"
