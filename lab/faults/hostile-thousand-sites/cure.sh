systemctl start "$SHOP_UNIT"
rm -f "$(new_site extra)"
shop_as_shipped
