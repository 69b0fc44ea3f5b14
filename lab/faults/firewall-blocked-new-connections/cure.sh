systemctl stop visitors.service
nft delete table inet flood
