# The resolver directive names two name servers; one of them was switched off, and with a short resolver_timeout each name that it is asked for first is lost.
visitors
name_server 5353 checkout.internal=127.0.0.1
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5354 127.0.0.1:5353 valid=1s ipv6=off;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 40 0.6
