rm -f "$(new_site warm)"
shop_as_shipped
