# The application moved to another address of this host and its name with it; nginx has the address from before.
visitors
echo "127.0.0.2 checkout-backend" >>/etc/hosts
shop_points_to "checkout-backend:$SHOP_PORT"
checkout_moves_to "127.0.0.2:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
sleep 2
checkout_moves_to "127.0.0.3:$SHOP_PORT"
sed -i 's/^127.0.0.2 checkout-backend/127.0.0.3 checkout-backend/' /etc/hosts
shop_requests 20
