# The name resolves, by a variable and a name server that answers; the application is stopped.
visitors
name_server 5353 checkout.internal=127.0.0.1
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5353 valid=2s ipv6=off;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 5 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 20
