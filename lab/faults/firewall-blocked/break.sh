visitors
nft -f - <<EOF
table inet hardening {
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established,related accept
    tcp dport 8080 counter reject with tcp reset
  }
}
EOF
requests shop.example.com /cart 30
