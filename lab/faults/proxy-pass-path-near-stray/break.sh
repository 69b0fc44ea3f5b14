# Links to pages that are gone, below a location that is mapped rightly: other pages there are served.
visitors
checkout_serves "${SHOP_PATH}" "${SHOP_PATH}cart" / /cart
shop_location /store/ "proxy_pass http://${SHOP_UPSTREAM:-$SHOP_ADDRESS}/;"
reload_nginx
requests "$SHOP_SITE" /store/cart 3 >/dev/null
requests "$SHOP_SITE" /store/summer-sale-2019 20
