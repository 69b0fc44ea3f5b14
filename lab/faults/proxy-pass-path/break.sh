# A new location for the same application; without a slash the backend gets a prefix that it does not know.
visitors
checkout_serves / /cart "${SHOP_PATH}" "${SHOP_PATH}cart"
shop_location /store/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS};"
reload_nginx
requests "$SHOP_SITE" /store/cart 20
