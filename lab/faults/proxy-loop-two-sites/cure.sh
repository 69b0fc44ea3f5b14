rm -f "$(new_site cache)"
shop_as_shipped
