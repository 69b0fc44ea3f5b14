nft delete table inet hardening
