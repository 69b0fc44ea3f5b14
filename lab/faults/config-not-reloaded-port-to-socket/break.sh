# As its handbook advises, the application went from a port to a unix socket; the site was changed with it, and the reload of nginx was forgotten.
visitors
ordinary_host
mkdir -p "/run/$SHOP_APP-web"
chown "$SHOP_USER" "/run/$SHOP_APP-web"
sleep 1
shop_points_to "unix:/run/$SHOP_APP-web/gunicorn.sock"
checkout_moves_to "unix:/run/$SHOP_APP-web/gunicorn.sock"
shop_requests 30
