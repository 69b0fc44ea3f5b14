rm -f "$(new_site staff)"
shop_as_shipped
