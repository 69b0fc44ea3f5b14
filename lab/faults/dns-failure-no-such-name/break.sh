# A name in /etc/hosts, which the resolver directive does not read.
visitors
name_server 5353 other.internal=127.0.0.1
echo "127.0.0.1 checkout.internal" >>/etc/hosts
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5353 valid=2s;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 20
