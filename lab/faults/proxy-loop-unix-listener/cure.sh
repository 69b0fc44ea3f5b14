shop_as_shipped
rm -rf /run/tunnel
