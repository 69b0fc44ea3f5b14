nft delete element inet bans addr-set-app-auth "{ ${SHOP_ADDRESS%:*} }"
