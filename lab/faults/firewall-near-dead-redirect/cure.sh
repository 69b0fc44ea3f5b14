nft delete table ip gateway
