sed -i 's|root /srv/orders;|root /srv/orders/public;|' "$(new_site orders)"
reload_nginx
