# Two peers; the packets to one of them are dropped. nginx tries the other one after a second, so that nobody sees an error.
second_checkout
shop_directive 'proxy_connect_timeout 1s;'
reload_nginx
visitors
iptables -A INPUT -p tcp -d ${SECOND_ADDRESS%:*} --dport ${SECOND_ADDRESS##*:} -j DROP
shop_requests 60 0.1
