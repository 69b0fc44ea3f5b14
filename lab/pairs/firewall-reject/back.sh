nft -f - <<EOF
table inet hardening {
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established,related accept
    tcp dport $SHOP_PORT counter reject with tcp reset
  }
}
EOF
