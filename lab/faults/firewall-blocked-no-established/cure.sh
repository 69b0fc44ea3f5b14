iptables -I INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
