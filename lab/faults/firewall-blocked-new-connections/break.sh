# Against floods no port may get more than three new connections a second; the rule was meant for the outer interface, and has loopback too: nginx opens one for each request.
visitors
shop_timeout connect 2
reload_nginx
nft -f - <<EOF
table inet flood {
  chain input {
    type filter hook input priority -10; policy accept;
    tcp dport { 3306, 5432, $SHOP_PORT } ct state new limit rate over 3/second burst 3 packets counter drop
  }
}
EOF
shop_requests 60 0.05
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1200}; do curl -s -m 10 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.1; done; wait"
