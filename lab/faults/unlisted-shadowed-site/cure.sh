rm -f "$(new_site 00-restored)"
shop_as_shipped
