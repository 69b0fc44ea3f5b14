shop_with "/server 10.88.0.9:$SHOP_PORT;/d"
reload_nginx
