# The address that nginx binds to was away for a moment and is back; what fails now is the application, which somebody stopped.
visitors
ip link add vip0 type bridge
ip address add 10.77.0.5/32 dev vip0
ip link set vip0 up
shop_directive 'proxy_bind 10.77.0.5;'
reload_nginx
shop_requests 3 >/dev/null
ip address del 10.77.0.5/32 dev vip0
shop_requests 8 >/dev/null
ip address add 10.77.0.5/32 dev vip0
shop_requests 3 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 25
