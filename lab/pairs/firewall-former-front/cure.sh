nft delete table inet filter
