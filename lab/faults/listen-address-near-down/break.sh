# Both addresses of localhost refuse, because the service is stopped.
visitors
shop_points_to "localhost:$SHOP_PORT"
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
