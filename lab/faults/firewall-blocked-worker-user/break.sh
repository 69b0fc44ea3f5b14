# What nginx's user may connect to was limited to the ports of the other applications; root and everybody else get through.
visitors
worker=$(ps -o user:32= -p "$(pgrep -P "$(cat /run/nginx.pid)" | head -n 1)")
nft -f - <<EOF
table inet egress {
  chain output {
    type filter hook output priority 0; policy accept;
    ct state established,related accept
    meta skuid "$worker" tcp dport { 5432, 6379, $SHOP_PORT } counter reject with icmpx type admin-prohibited
  }
}
EOF
shop_requests 30
