# The name of the backend was moved to the wrong address in /etc/hosts, and nginx was reloaded: it knows the new one well, but nobody listens there.
echo "127.0.0.1 checkout-backend" >>/etc/hosts
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
visitors
sleep 1
sed -i 's/^127.0.0.1 checkout-backend/127.0.0.4 checkout-backend/' /etc/hosts
reload_nginx
shop_requests 30
