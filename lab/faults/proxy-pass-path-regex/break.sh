# A location was made a regular expression, so that /Store works too; proxy_pass may have no path there, the slash was taken out, and the prefix stays.
visitors
checkout_serves / /cart "${SHOP_PATH}" "${SHOP_PATH}cart"
shop_location '~ ^/[Ss]tore/' "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS};"
reload_nginx
requests "$SHOP_SITE" /store/cart 12
requests "$SHOP_SITE" /Store/cart 12
