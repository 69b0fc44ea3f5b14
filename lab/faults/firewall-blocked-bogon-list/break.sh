# A list against forged senders (in mangle, where `iptables -L` does not show it) was put on the inner link too: the backend's answers are dropped.
visitors
shop_timeout connect 3
remote_backend
reload_nginx
shop_requests 3 >/dev/null
for network in 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 10.0.0.0/8; do
  iptables -t mangle -A PREROUTING -i br-backend -s "$network" -j DROP
done
shop_requests 20
