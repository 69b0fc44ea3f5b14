# The hardware address of the backend's machine was written down by hand against ARP tricks; the machine has been replaced since.
visitors
shop_timeout connect 3
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip neigh replace 10.88.0.2 lladdr 02:5e:10:00:00:07 dev br-backend nud permanent
shop_requests 15
