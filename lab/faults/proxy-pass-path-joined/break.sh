# The slash at the end of the URI was forgotten: /store/cart becomes /v1cart.
visitors
checkout_serves "${SHOP_PATH}" "${SHOP_PATH}cart" /v1/ /v1/cart
shop_location /store/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/v1;"
reload_nginx
requests "$SHOP_SITE" /store/cart 20
