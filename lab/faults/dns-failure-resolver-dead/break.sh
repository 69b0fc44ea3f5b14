# The name server that the resolver directive names is gone.
visitors
: nothing listens on 5353
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5353 ipv6=off;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 20
