# This host lost its own address in the network of the backend, and the route with it.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip route del default 2>/dev/null || true
ip address del 10.88.0.1/24 dev br-backend
shop_requests 12
