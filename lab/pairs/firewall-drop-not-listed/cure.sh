iptables -F INPUT
