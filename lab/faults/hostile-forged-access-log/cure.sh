rm -f "$(new_site counter)"
shop_as_shipped
