# nginx asks for the name itself, but keeps the answer for an hour (valid=1h of its resolver); the record changed meanwhile.
name_server 53 checkout.internal=127.0.0.2
echo "nameserver 127.0.0.1" >/etc/resolv.conf
checkout_moves_to "127.0.0.2:$SHOP_PORT"
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1 valid=1h ipv6=off;'
reload_nginx
# Every worker keeps answers of its own.
shop_requests 40 0.02 >/dev/null
visitors
checkout_moves_to "127.0.0.3:$SHOP_PORT"
name_server 53 checkout.internal=127.0.0.3
shop_requests 20
