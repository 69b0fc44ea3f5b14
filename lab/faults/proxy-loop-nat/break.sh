# A nat rule from the time when port 80 stood in for the application was loaded again with the old rules: its port leads back to nginx.
visitors
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 3 >/dev/null
nft add table ip maintenance
nft add chain ip maintenance output "{ type nat hook output priority -100; }"
nft add rule ip maintenance output ip daddr "${SHOP_ADDRESS%:*}" tcp dport "$SHOP_PORT" counter redirect to ":80"
shop_requests 6 0.5
