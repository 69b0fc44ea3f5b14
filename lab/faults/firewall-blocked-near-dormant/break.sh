# The table that would reject the port is switched off (dormant); the service is stopped.
visitors
nft -f - <<EOF
table inet hardening {
  flags dormant;
  chain input {
    type filter hook input priority 0; policy accept;
    ct state established,related accept
    tcp dport $SHOP_PORT counter reject with tcp reset
  }
}
EOF
shop_requests 3 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 30
