nft delete table netdev early
