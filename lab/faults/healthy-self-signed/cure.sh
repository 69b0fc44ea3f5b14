rm -f "$(new_site extra)" /etc/ssl/intern.*
shop_as_shipped
