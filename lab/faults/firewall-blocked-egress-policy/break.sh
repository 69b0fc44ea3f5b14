# What this host may send was written down once (nft, output, policy drop); the backend that came later is not on the list.
visitors
shop_timeout connect 3
remote_backend
reload_nginx
shop_requests 3 >/dev/null
nft -f - <<EOF
table inet egress {
  chain output {
    type filter hook output priority 0; policy drop;
    ct state established,related accept
    oifname "lo" accept
    meta l4proto { icmp, ipv6-icmp } accept
    udp dport { 53, 123 } accept
    tcp dport { 25, 53, 443 } accept
  }
}
EOF
shop_requests 20
