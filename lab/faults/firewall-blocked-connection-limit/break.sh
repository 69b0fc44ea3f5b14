# A rule against floods lets eight connections to the application be open at once; behind a proxy all of them come from one address.
visitors
checkout_settings APP_DELAY=2
checkout_threads 40
nft -f - <<EOF
table inet flood {
  chain input {
    type filter hook input priority 0; policy accept;
    tcp dport $SHOP_PORT ct state new ct count over 8 counter reject with tcp reset
  }
}
EOF
shop_requests 50 0.18
