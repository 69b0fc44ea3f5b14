chown -R www-data /srv/uploads
shop_as_shipped
