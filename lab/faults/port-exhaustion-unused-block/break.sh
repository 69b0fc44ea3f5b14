# The upstream block has keepalive, and the location does not use it: it was given the address itself, so that each request leaves a port in TIME-WAIT. There are 32.
visitors
shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS;/&\n\1keepalive 32;/"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
remote_backend
shop_passes "proxy_pass http://$REMOTE_ADDRESS;"
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="40000 40031"
requests "$SHOP_SITE" "$SHOP_PATH" 40 0.1 >/dev/null
shop_requests 30
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1500}; do curl -s -m 5 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart; sleep 0.2; done"
