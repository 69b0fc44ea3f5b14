# The connection tracking table is full, but loopback and nginx's port are not tracked at all; what is wrong is that the service was stopped.
visitors
nft -f - <<'EOF'
table inet tracking {
  chain prerouting {
    type filter hook prerouting priority raw; policy accept;
    iifname "lo" notrack
    tcp dport { 22, 80 } notrack
    tcp sport { 22, 80 } notrack
  }
  chain output {
    type filter hook output priority raw; policy accept;
    oifname "lo" notrack
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
shop_requests 5 >/dev/null
systemctl stop "$SHOP_UNIT"
shop_requests 20
