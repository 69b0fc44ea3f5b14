# The record changed on the name server that the host itself uses. nginx asked it once, when it was started.
visitors
name_server 53 checkout.internal=127.0.0.2
echo "nameserver 127.0.0.1" >/etc/resolv.conf
checkout_moves_to "127.0.0.2:$SHOP_PORT"
shop_points_to "checkout.internal:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
checkout_moves_to "127.0.0.3:$SHOP_PORT"
name_server 53 checkout.internal=127.0.0.3
shop_requests 20
