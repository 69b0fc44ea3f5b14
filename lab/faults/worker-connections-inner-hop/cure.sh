checkout_as_shipped
rm -f "$(new_site live-release)"
shop_as_shipped
