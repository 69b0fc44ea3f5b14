# The same number, 113: a rule of this host rejects what goes to the backend, as firewalld does.
visitors
remote_backend
reload_nginx
nft add table ip gate
nft add chain ip gate out "{ type filter hook output priority 0; }"
nft add rule ip gate out ip daddr 10.88.0.2 tcp dport "$SHOP_PORT" counter reject with icmp type host-prohibited
shop_requests 20
