# A rule of policy routing, made for a VPN, sends the backend's address to a gateway that is switched off; the main table is right.
visitors
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip route add default via 10.88.0.254 dev br-backend table 77
ip rule add to 10.88.0.2 lookup 77 priority 1000
shop_requests 12
