# An early drop at the ingress hook of a device (nft, table netdev): it was tried on lo and has stayed there.
visitors
shop_timeout connect 3
reload_nginx
shop_requests 3 >/dev/null
nft -f - <<EOF
table netdev early {
  chain drops {
    type filter hook ingress device "lo" priority -500; policy accept;
    tcp dport { 3306, 6379, $SHOP_PORT } tcp flags & (syn | ack) == syn counter drop
  }
}
EOF
shop_requests 20
