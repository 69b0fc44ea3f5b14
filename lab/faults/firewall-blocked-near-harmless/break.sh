visitors
nft -f - <<EOF
table inet hardening {
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established,related accept
    iifname "eth0" tcp dport $SHOP_PORT counter drop
    tcp dport 9090 counter reject with tcp reset
  }
}
EOF
shop_requests 20
