# The upstream has a name, which still leads to the right place; the application is stopped.
visitors
echo "127.0.0.1 checkout-backend" >>/etc/hosts
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 20
