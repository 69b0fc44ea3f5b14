rm -f /tmp/upload
shop_as_shipped
