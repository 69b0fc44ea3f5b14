systemctl stop browsers.service
rm -f "$SHOP_DIR/news.js"
checkout_as_shipped
shop_as_shipped
