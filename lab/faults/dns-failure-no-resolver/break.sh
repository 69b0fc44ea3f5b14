# A variable in proxy_pass makes nginx look the name up for each request, and nobody told it where; the host itself knows.
visitors
name_server 53 checkout.internal=127.0.0.1
echo "nameserver 127.0.0.1" >/etc/resolv.conf
shop_by_variable checkout.internal "$SHOP_PORT"
reload_nginx
shop_requests 20
