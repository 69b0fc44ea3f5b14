# A rule drops the port, and never sees a packet of loopback, which a rule before it lets in; the application listens elsewhere.
visitors
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp --dport "$SHOP_PORT" -j REJECT --reject-with tcp-reset
iptables -A INPUT -p tcp --dport "$SPARE_PORT" -j REJECT --reject-with tcp-reset
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_requests 30
