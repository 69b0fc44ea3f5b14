# Against a flood somebody drops packets of more than 120 bytes on the port of the service (nft): connections are made as ever, and no request arrives.
visitors
shop_timeout read 4
reload_nginx
nft add table inet flood
nft 'add chain inet flood input { type filter hook input priority -5; policy accept; }'
nft add rule inet flood input tcp dport "$SHOP_PORT" meta length '>' 120 counter drop
shop_requests 20 0.4
