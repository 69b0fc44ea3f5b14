# A program that sends counters by UDP took a port of its own for each: the connection tracking table is full of them. ssh and nginx's own port are not tracked.
visitors
shop_timeout connect 3
reload_nginx
for port in 22 80; do
  for chain in PREROUTING OUTPUT; do
    iptables -t raw -A $chain -p tcp --dport $port -j CT --notrack
    iptables -t raw -A $chain -p tcp --sport $port -j CT --notrack
  done
done
iptables -A INPUT -m conntrack --ctstate INVALID -j DROP
python3 - <<'PYTHON' >/tmp/entries
most = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
for i in range(most + 100):
    port, peer = 1024 + i % 60000, f"10.200.{i // 60000}.1"
    print(f"-A -t 600 -u SEEN_REPLY,ASSURED -s 10.199.0.1 -d {peer} -r {peer} -q 10.199.0.1 -p udp --sport {port} --dport 8125 --reply-port-src 8125 --reply-port-dst {port}")
PYTHON
conntrack -R /tmp/entries >/dev/null 2>&1 || true
rm /tmp/entries
requests "$SHOP_SITE" "${SHOP_PATH}cart" 25 0.2 -m 20
