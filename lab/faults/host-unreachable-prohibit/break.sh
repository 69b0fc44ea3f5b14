# A route of type prohibit: the kernel says 13, which on TCP looks like SELinux.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip route add prohibit 10.88.0.2/32
shop_requests 12
