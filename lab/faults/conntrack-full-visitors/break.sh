# The table is full of what a gateway once forwarded; the application is on a unix socket, so that nobody but the visitors is lost: nginx never sees them.
# ssh is not tracked.
visitors
for chain in PREROUTING OUTPUT; do
  iptables -t raw -A $chain -p tcp --dport 22 -j CT --notrack
  iptables -t raw -A $chain -p tcp --sport 22 -j CT --notrack
done
iptables -A INPUT -m conntrack --ctstate INVALID -j DROP
python3 - <<'PYTHON' >/tmp/entries
most = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
for i in range(most + 100):
    port, peer = 1024 + i % 60000, f"10.200.{i // 60000}.1"
    print(f"-A -t 3600 -u SEEN_REPLY,ASSURED -s 10.199.0.1 -d {peer} -r {peer} -q 10.199.0.1 -p tcp --sport {port} --dport 443 --reply-port-src 443 --reply-port-dst {port} --state ESTABLISHED")
PYTHON
conntrack -R /tmp/entries >/dev/null 2>&1 || true
rm /tmp/entries
shop_requests 15 0.1 -m 4
