shop_points_to "[::1]:$SHOP_PORT"
reload_nginx
