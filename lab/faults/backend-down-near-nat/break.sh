# Nothing listens on the port nginx connects to: a nat rule carries it to another one, where the service is.
visitors
checkout_moves_to "127.0.0.1:$SPARE_PORT"
nft add table ip gateway
nft add chain ip gateway output "{ type nat hook output priority -100; }"
nft add rule ip gateway output ip daddr 127.0.0.1 tcp dport "$SHOP_PORT" counter redirect to ":$SPARE_PORT"
shop_requests 20
