# The interface towards the backend was taken down.
visitors
shop_timeout connect 3
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip link set br-backend down
shop_requests 8 0.1 -m 12
