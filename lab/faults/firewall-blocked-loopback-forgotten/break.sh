# The host got its rules from a template: drop by policy, answers, ping, ssh and web let in. The line for lo is missing, so that nginx reaches no application on this host any more.
usual_day
shop_timeout connect 4
reload_nginx
mkdir -p /etc/iptables
cat >/etc/iptables/rules.v4 <<'RULES'
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
-A INPUT -p tcp -m tcp --dport 443 -j ACCEPT
COMMIT
RULES
iptables-restore /etc/iptables/rules.v4
shop_requests 25
