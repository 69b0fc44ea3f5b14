iptables -D INPUT -p tcp --dport 8080 -j DROP
iptables -D INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
