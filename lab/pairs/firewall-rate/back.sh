# Against floods the backend host takes few new connections a second and drops the rest; all visitors come from one address, that of nginx.
nft -f - <<NFT
table inet flood {
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established,related accept
    tcp dport $SHOP_PORT limit rate 1/second burst 3 packets accept
    tcp dport $SHOP_PORT counter drop
  }
}
NFT
