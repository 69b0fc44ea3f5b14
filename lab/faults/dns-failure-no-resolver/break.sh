# A variable in proxy_pass makes nginx look the name up for each request, and nobody told it where.
visitors
echo "127.0.0.1 checkout.internal" >>/etc/hosts
shop_by_variable checkout.internal "$SHOP_PORT"
reload_nginx
shop_requests 20
