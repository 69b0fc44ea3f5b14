# The backend never closes its side of a connection: each one stays in FIN-WAIT-2 here for a minute, and there are 32 local ports.
visitors
remote_backend
sed -i -e 's/^import sys$/&\nimport time/' -e 's/^\( *\)self.wfile.write.*/&\n        time.sleep(3600)  # the pool keeps it for later/' "$SHOP_DIR/remote.py"
systemctl restart backend-container.service
wait_until 10 ip netns exec backend sh -c "ss -Htln | grep -q ."
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="40000 40031"
requests "$SHOP_SITE" "$SHOP_PATH" 40 0.1 >/dev/null
shop_requests 30
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1500}; do curl -s -m 5 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart; sleep 0.2; done"
