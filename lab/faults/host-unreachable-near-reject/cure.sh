nft delete table ip gate
