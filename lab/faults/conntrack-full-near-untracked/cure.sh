systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
conntrack -F >/dev/null 2>&1
nft delete table inet tracking
