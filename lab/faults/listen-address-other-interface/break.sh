# nginx is told to use the address of eth0; the service binds loopback.
visitors
address=$(ip -4 -o address show dev eth0 | sed "s|.* inet \([0-9.]*\)/.*|\1|")
shop_points_to "$address:$SHOP_PORT"
reload_nginx
shop_requests 30
