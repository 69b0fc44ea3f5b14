# The backend has a short name, as in compose files and clusters; every program finds it by the search domain of resolv.conf, which nginx's resolver does not use.
visitors
name_server 53 checkout.shop.internal=127.0.0.1
printf 'search shop.internal\nnameserver 127.0.0.1\n' >/etc/resolv.conf
shop_by_variable checkout "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1 valid=5s ipv6=off;'
reload_nginx
shop_requests 20
