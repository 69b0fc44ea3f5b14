nft -f - <<EOF
table inet egress {
  chain output {
    type filter hook output priority 0; policy accept;
    ct state established,related accept
    ip daddr ${SHOP_ADDRESS%:*} tcp dport $SHOP_PORT counter reject with tcp reset
  }
}
EOF
shop_requests 30
