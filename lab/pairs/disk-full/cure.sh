rm -f /srv/order-journal/fill
