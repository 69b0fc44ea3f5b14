# Everything is dropped but what this host needs.
visitors
nft -f - <<EOF
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    ct state established,related accept
    iif lo accept
    icmp type echo-request accept
    meta l4proto ipv6-icmp accept
    tcp dport { 22, 80, 443 } accept
    counter drop
  }
}
EOF
timeout 1 bash -c "exec 3<>/dev/tcp/$(hostname -I | cut -d' ' -f1)/5432" 2>/dev/null || true
shop_requests 20
