# A drop is silent: nginx waits for its connect time-out, lowered here to 3 s.
visitors
shop_timeout connect 3
reload_nginx
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp --dport "$SHOP_PORT" -j DROP
shop_requests 20
