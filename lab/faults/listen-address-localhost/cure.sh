shop_with "s/localhost:$SHOP_PORT/$SHOP_ADDRESS/"
reload_nginx
