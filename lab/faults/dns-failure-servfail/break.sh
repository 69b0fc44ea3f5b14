# The zone is broken on the name server.
visitors
name_server 5353 checkout.internal=servfail
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5353 valid=2s;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 20
