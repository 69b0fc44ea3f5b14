shop_points_to "127.0.0.1:$SPARE_PORT"
reload_nginx
