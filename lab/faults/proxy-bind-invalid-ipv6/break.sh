# nginx reaches its backend by IPv6 and binds to the address that the host had before its network was numbered anew.
visitors
checkout_moves_to "[::1]:$SHOP_PORT"
shop_points_to "[::1]:$SHOP_PORT"
reload_nginx
shop_requests 4 >/dev/null
shop_directive 'proxy_bind 2001:db8:5::10;'
reload_nginx
shop_requests 20
