nft delete table inet firewalld
