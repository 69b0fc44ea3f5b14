# Nothing listens on 8080: a nat rule carries the port to 8081, where the service is.
visitors
checkout_runs --bind 127.0.0.1:8081
wait_until 10 listens_on 8081
nft add table ip gateway
nft add chain ip gateway output "{ type nat hook output priority -100; }"
nft add rule ip gateway output ip daddr 127.0.0.1 tcp dport 8080 counter redirect to :8081
requests shop.example.com /cart 20
