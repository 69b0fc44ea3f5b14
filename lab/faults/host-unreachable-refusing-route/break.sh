# A route of type unreachable was left over from a change of the network.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip route add unreachable 10.88.0.2/32
shop_requests 12
