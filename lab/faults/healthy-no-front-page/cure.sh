rm -f "$(new_site extra)"
shop_as_shipped
