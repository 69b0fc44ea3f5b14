# The source address comes from a map, so that two tenants can be told apart; the address for all others was never given to this host.
visitors
http_directive 'map \$http_x_tenant \$source_address { default 10.20.30.40; internal 127.0.0.1; }'
shop_directive 'proxy_bind \$source_address;'
reload_nginx
shop_requests 20
