nft delete table ip sources
