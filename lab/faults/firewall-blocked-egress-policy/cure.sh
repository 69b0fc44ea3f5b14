nft delete table inet egress
