# The application serves its second version below /v2/; the new location was copied from the old one, with the URI of the old one behind its address.
visitors
checkout_serves "${SHOP_PATH}" "${SHOP_PATH}cart" /v2/ /v2/prices
shop_location /v2/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/v1/;"
reload_nginx
requests "$SHOP_SITE" /v2/prices 20
