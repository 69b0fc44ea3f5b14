iptables -t mangle -F PREROUTING
