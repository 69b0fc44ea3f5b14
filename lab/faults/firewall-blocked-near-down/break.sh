# Rules that name other ports or only the outside; the service is stopped.
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
systemctl stop "$SHOP_UNIT"
shop_requests 30
