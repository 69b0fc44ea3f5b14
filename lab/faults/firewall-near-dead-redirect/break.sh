# The service listens; a nat rule carries its port to another one where nobody does.
visitors
nft add table ip gateway
nft add chain ip gateway output "{ type nat hook output priority -100; }"
nft add rule ip gateway output ip daddr 127.0.0.1 tcp dport "$SHOP_PORT" counter redirect to ":$SPARE_PORT"
shop_requests 20
