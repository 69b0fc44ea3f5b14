# The filter was written by hand: drop by policy, ssh, web and loopback let in. The line for answers to this host's own connections was forgotten.
visitors
shop_timeout connect 3
remote_backend
reload_nginx
shop_requests 3 >/dev/null
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -p icmp -j ACCEPT
iptables -A INPUT -p tcp -m multiport --dports 22,80,443 -j ACCEPT
iptables -P INPUT DROP
shop_requests 20
