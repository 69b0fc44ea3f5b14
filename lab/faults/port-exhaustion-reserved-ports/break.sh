# The port range looks wide, but nearly all of it is reserved for other programs: 32 ports are left, and there is no keepalive.
visitors
remote_backend
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="41000 41999"
sysctl -q -w net.ipv4.ip_local_reserved_ports="41032-41999"
requests "$SHOP_SITE" "$SHOP_PATH" 40 0.1 >/dev/null
shop_requests 30
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1500}; do curl -s -m 5 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart; sleep 0.2; done"
