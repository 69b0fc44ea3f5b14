# The backend's machine is up and its own packet filter answers with host-prohibited.
visitors
remote_backend
reload_nginx
ip netns exec backend nft add table ip gate
ip netns exec backend nft add chain ip gate in "{ type filter hook input priority 0; }"
ip netns exec backend nft add rule ip gate in tcp dport "$SHOP_PORT" counter reject with icmp type host-prohibited
shop_requests 20
