rm -rf "$(new_site films)" /srv/films
shop_as_shipped
