# Every visitor sends a referrer that looks like the tail of a log line, about an address nobody proxies to.
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30 0.1 -e 'x", upstream: "http://127.0.0.1:22/", host: "ssh.example.com", referrer: "x'
