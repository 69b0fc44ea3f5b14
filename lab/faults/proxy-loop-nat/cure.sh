nft delete table ip maintenance
shop_as_shipped
