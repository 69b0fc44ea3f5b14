# The machine of the backend has a tracking table of its own, and that one is full: from here it looks like a firewall or a dead link.
visitors
shop_timeout connect 3
remote_backend
reload_nginx
shop_requests 3 >/dev/null
ip netns exec backend iptables -A INPUT -m conntrack --ctstate INVALID -j DROP
python3 - <<'PYTHON' >/tmp/entries
most = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
for i in range(most + 100):
    port, peer = 1024 + i % 60000, f"10.200.{i // 60000}.1"
    print(f"-A -t 3600 -u SEEN_REPLY,ASSURED -s 10.199.0.1 -d {peer} -r {peer} -q 10.199.0.1 -p tcp --sport {port} --dport 443 --reply-port-src 443 --reply-port-dst {port} --state ESTABLISHED")
PYTHON
ip netns exec backend conntrack -R /tmp/entries >/dev/null 2>&1 || true
rm /tmp/entries
shop_requests 15
