# proxy_bind is right; what is missing are ports: 32 of them, a backend at another address, no keepalive.
visitors
shop_directive 'proxy_bind 10.88.0.1;'
remote_backend
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="40000 40031"
requests "$SHOP_SITE" "$SHOP_PATH" 40 0.1 >/dev/null
shop_requests 30
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1500}; do curl -s -m 5 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart; sleep 0.2; done"
