# A drop is silent: nginx waits for its connect time-out, lowered here to 3 s.
visitors
shop_with "s/^        proxy_pass .*/&\n        proxy_connect_timeout 3s;/"
reload_nginx
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp --dport 8080 -j DROP
requests shop.example.com /cart 20
