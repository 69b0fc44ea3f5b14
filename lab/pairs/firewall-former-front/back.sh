# The backend host lets in only the address that nginx had before it moved to another machine; the rest meets the policy of the chain.
nft -f - <<EOF
table inet filter {
  set fronts {
    type ipv4_addr
    elements = { 192.0.2.17 }
  }

  chain input {
    type filter hook input priority 0; policy drop;
    ct state established,related accept
    iif lo accept
    meta l4proto { icmp, ipv6-icmp } accept
    tcp dport 22 accept
    ip saddr @fronts tcp dport $SHOP_PORT accept
  }
}
EOF
