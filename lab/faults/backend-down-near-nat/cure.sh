nft delete table ip gateway
checkout_as_shipped
