nft delete table inet flood
