rm -f /tmp/upload "$(new_site upload)"
shop_as_shipped
