# The name of the backend has another address now, and nginx the one from before; the service listens on both, so that nobody is the worse for it.
echo "127.0.0.2 checkout-backend" >>/etc/hosts
checkout_moves_to "0.0.0.0:$SHOP_PORT"
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
visitors
sleep 1
sed -i 's/^127\.0\.0\.2 checkout-backend/127.0.0.3 checkout-backend/' /etc/hosts
shop_requests 30
