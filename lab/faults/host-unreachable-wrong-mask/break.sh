# The interface towards the backend was set up again with a mask that is too narrow: the backend is outside of the network that this host believes itself in.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip route del default 2>/dev/null || true
ip address del 10.88.0.1/24 dev br-backend
ip address add 10.88.0.1/31 dev br-backend
shop_requests 12
