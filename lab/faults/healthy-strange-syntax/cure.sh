rm -f "$(new_site odd)"
shop_as_shipped
