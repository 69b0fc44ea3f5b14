conntrack -F >/dev/null 2>&1
nft delete table inet tracking
shop_as_shipped
