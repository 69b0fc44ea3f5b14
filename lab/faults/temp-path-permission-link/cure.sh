chmod 0755 /srv/big
shop_as_shipped
