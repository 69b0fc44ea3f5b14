rm -f /srv/orders/fill
