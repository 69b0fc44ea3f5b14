# Nothing is in TIME-WAIT at first: visitors wait for news, and each of them holds one of 24 local ports towards the backend for 50 s.
visitors
remote_backend
sed -i -e 's/^import sys$/&\nimport time/' -e 's/^\( *\)self.wfile.write/\1time.sleep(50)\n&/' "$SHOP_DIR/remote.py"
systemctl restart backend-container.service
wait_until 10 ip netns exec backend sh -c "ss -Htln | grep -q ."
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="40000 40023"
systemd-run -q --collect --unit=visitors bash -c "for n in {1..40}; do (for i in {1..300}; do curl -s -m 60 -o /dev/null --local-port 20000-29999 -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}news; sleep 1; done) & done; wait"
wait_until 20 eval '[ "$(ss -Htn state established dst 10.88.0.2 | wc -l)" -ge 24 ]'
shop_requests 30
