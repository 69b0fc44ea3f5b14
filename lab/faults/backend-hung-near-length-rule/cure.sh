nft delete table inet flood
shop_as_shipped
