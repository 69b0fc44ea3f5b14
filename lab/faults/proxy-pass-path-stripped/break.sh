# The other way round: the slash takes away a prefix that the application needs.
visitors
checkout_serves /store/ /store/cart
shop_location /store/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/;"
reload_nginx
requests "$SHOP_SITE" /store/cart 20
