# The name of the backend had two addresses; one of them was given up, in /etc/hosts as well. nginx still sends every second visitor there.
printf '127.0.0.2 checkout-backend\n127.0.0.3 checkout-backend\n' >>/etc/hosts
checkout_moves_to "0.0.0.0:$SHOP_PORT"
shop_points_to "checkout-backend:$SHOP_PORT"
shop_with "s/^\([ \t]*\)server checkout-backend:$SHOP_PORT;/\1server checkout-backend:$SHOP_PORT max_fails=0;/"
shop_directive "${SHOP_PROTOCOL}_next_upstream off;"
reload_nginx
visitors
shop_requests 4 >/dev/null
sleep 1
checkout_moves_to "127.0.0.2:$SHOP_PORT"
sed -i '/^127\.0\.0\.3 checkout-backend$/d' /etc/hosts
shop_requests 40
