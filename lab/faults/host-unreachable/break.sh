# The machine of the backend lost its address: nobody answers for it on the link any more.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip -n backend address del 10.88.0.2/24 dev eth0
ip neigh flush dev br-backend
shop_requests 12
