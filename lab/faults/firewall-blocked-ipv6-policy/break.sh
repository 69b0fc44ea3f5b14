# The application is on IPv6 loopback; somebody closed IPv6 by its policy and thought of the ports of the outside, not of lo.
visitors
checkout_moves_to "[::1]:$SHOP_PORT"
shop_points_to "[::1]:$SHOP_PORT"
shop_timeout connect 3
reload_nginx
shop_requests 5 >/dev/null
ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
ip6tables -A INPUT -p tcp -m multiport --dports 22,80,443 -j ACCEPT
ip6tables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
ip6tables -P INPUT DROP
shop_requests 20
