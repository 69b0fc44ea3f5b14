# proxy_pass with a variable and a slash behind it: nginx does not append anything then, and every request asks the backend for /.
visitors
checkout_serves /store/ /store/cart /store/list "${SHOP_PATH}cart"
shop_location /store/ "set \$store $SHOP_ADDRESS; proxy_pass http://\$store/;"
reload_nginx
requests "$SHOP_SITE" /store/cart 15
requests "$SHOP_SITE" /store/list 10
