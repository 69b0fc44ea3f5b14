# A name of this host was given an IPv6 address instead of the old one, and nginx was reloaded with it; the service listens on all of IPv4 and on nothing else.
ip -6 address add fd00:5::1/128 dev lo
echo "127.0.0.1 $SHOP_APP.internal" >>/etc/hosts
checkout_moves_to "0.0.0.0:$SHOP_PORT"
shop_points_to "$SHOP_APP.internal:$SHOP_PORT"
reload_nginx
visitors
sed -i "s/^127\.0\.0\.1 $SHOP_APP\.internal/fd00:5::1 $SHOP_APP.internal/" /etc/hosts
reload_nginx
shop_requests 30
