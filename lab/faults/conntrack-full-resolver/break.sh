# The connection tracking table is full of DNS requests of a mail host behind this one; what is lost first are nginx's own questions for a name.
# ssh and nginx's own port are not tracked (notrack in a raw table of nft, as busy proxies have it).
visitors
name_server 5353 checkout.internal=127.0.0.1
shop_by_variable checkout.internal "$SHOP_PORT"
shop_server_directive 'resolver 127.0.0.1:5353 valid=1s ipv6=off;' 'resolver_timeout 2s;'
reload_nginx
shop_requests 3 >/dev/null
nft -f - <<'EOF'
table inet tracking {
  chain prerouting {
    type filter hook prerouting priority raw; policy accept;
    tcp dport { 22, 80 } notrack
    tcp sport { 22, 80 } notrack
  }
  chain output {
    type filter hook output priority raw; policy accept;
    tcp dport { 22, 80 } notrack
    tcp sport { 22, 80 } notrack
  }
  chain input {
    type filter hook input priority 0; policy accept;
    ct state invalid drop
  }
}
EOF
python3 - <<'PYTHON' >/tmp/entries
most = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
for i in range(most + 100):
    port, peer = 1024 + i % 60000, f"10.200.{i // 60000}.1"
    print(f"-A -t 3600 -u SEEN_REPLY,ASSURED -s 10.199.0.1 -d {peer} -r {peer} -q 10.199.0.1 -p udp --sport {port} --dport 53 --reply-port-src 53 --reply-port-dst {port}")
PYTHON
conntrack -R /tmp/entries >/dev/null 2>&1 || true
rm /tmp/entries
shop_requests 25 0.2 -m 20
