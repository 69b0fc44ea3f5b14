# The table is half full, as it may be; a rule drops what goes to the backend.
visitors
shop_timeout connect 3
reload_nginx
python3 - <<'PYTHON' >/tmp/entries
most = int(open("/proc/sys/net/netfilter/nf_conntrack_max").read())
for i in range(most // 2):
    port, peer = 1024 + i % 60000, f"10.200.{i // 60000}.1"
    print(f"-A -t 3600 -u SEEN_REPLY,ASSURED -s 10.199.0.1 -d {peer} -r {peer} -q 10.199.0.1 -p tcp --sport {port} --dport 443 --reply-port-src 443 --reply-port-dst {port} --state ESTABLISHED")
PYTHON
conntrack -R /tmp/entries >/dev/null 2>&1 || true
rm /tmp/entries
iptables -A INPUT -p tcp --dport "$SHOP_PORT" -j DROP
shop_requests 25 0.2 -m 20
