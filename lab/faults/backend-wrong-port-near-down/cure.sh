systemctl start "$SHOP_UNIT"
systemctl stop metrics-exporter.service
