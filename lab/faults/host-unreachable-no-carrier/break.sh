# The other end of the link is down: a cable, a switch, a stopped virtual machine.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip -n backend link set eth0 down
shop_requests 12
