iptables -F
conntrack -F >/dev/null 2>&1
shop_as_shipped
