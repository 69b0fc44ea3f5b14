# proxy_bind names an address this host has; a rule rejects what goes out from it. From the host's first address the backend answers.
visitors
shop_directive 'proxy_bind 10.88.0.5;'
remote_backend
ip address add 10.88.0.5/24 dev br-backend
reload_nginx
shop_requests 3 >/dev/null
nft -f - <<EOF
table ip sources {
  chain output {
    type filter hook output priority 0; policy accept;
    ip saddr 10.88.0.5 tcp dport { 5432, $SHOP_PORT } ct state new counter reject with tcp reset
  }
}
EOF
shop_requests 20
