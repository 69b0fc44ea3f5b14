# A ban list by the log of the application: all its requests come from the proxy's own address, which is on the list now.
visitors
nft -f - <<EOF
table inet bans {
  set addr-set-app-auth {
    type ipv4_addr
    flags timeout
    timeout 1h
    elements = { 198.51.100.23, 203.0.113.9 }
  }
  chain bans-chain {
    type filter hook input priority -1; policy accept;
    tcp dport { $SHOP_PORT } ip saddr @addr-set-app-auth counter reject with icmp type port-unreachable
  }
}
EOF
shop_requests 5 >/dev/null
nft add element inet bans addr-set-app-auth "{ ${SHOP_ADDRESS%:*} }"
shop_requests 30
