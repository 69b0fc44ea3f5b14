# 32 local ports, a backend at another address, no keepalive: each request leaves a port in TIME-WAIT for 60 s. Five visitors a second
# go on for five minutes, so that it stays so while somebody looks; a few of them meet a port that has just become free.
visitors
remote_backend
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="40000 40031"
requests "$SHOP_SITE" "$SHOP_PATH" 40 0.1 >/dev/null
shop_requests 30
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1500}; do curl -s -m 5 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart; sleep 0.2; done"
