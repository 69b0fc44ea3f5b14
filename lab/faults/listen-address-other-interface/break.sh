# nginx is told to use the address of eth0; the service binds loopback.
visitors
address=$(ip -4 -o address show dev eth0 | sed "s|.* inet \([0-9.]*\)/.*|\1|")
shop_with "s/127.0.0.1:8080/$address:8080/"
reload_nginx
requests shop.example.com /cart 30
