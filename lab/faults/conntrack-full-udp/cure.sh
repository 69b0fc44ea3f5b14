conntrack -F >/dev/null 2>&1
iptables -t raw -F
iptables -F
shop_as_shipped
