iptables -D INPUT -p tcp --dport "$SHOP_PORT" -j DROP
iptables -D INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
