# The backend is behind a VPN; the program of the tunnel has died, its device and route stay, as `persist-tun` wants it.
visitors
shop_timeout connect 3
ip tuntap add dev tun0 mode tun
ip address add 10.66.0.2/24 dev tun0
ip link set tun0 up
shop_points_to "10.66.0.1:$SHOP_PORT"
reload_nginx
shop_requests 15
