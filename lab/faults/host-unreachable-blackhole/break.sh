# Somebody put the network of the backend into a blackhole route.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip route add blackhole 10.88.0.2/32
shop_requests 12
