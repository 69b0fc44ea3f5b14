systemctl stop nightly-index.service
systemctl start "$SHOP_UNIT"
