rm -f /tmp/upload "$(new_site phones)"
shop_as_shipped
