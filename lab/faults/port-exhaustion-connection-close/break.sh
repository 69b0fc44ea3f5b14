# The upstream block has keepalive since last year, and the location never got proxy_http_version 1.1 and the cleared header, so that each request opens a connection. Today's campaign is more than the 32 local ports bear.
usual_day
remote_backend
# It does as it is told by the header: the connection is over after the answer.
sed -i 's/Content-Type/Connection: close\\r\\nContent-Type/' "$SHOP_DIR/remote.py"
systemctl restart backend-container.service
wait_until 10 accepts "$REMOTE_ADDRESS"
shop_with "s/^\([ \t]*\)server $REMOTE_ADDRESS;/&\n\1keepalive 32;/"
reload_nginx
sysctl -q -w net.ipv4.ip_local_port_range="40000 40031"
(unnoted=1 requests "$SHOP_SITE" "$SHOP_PATH" 40 0.1 >/dev/null)
shop_requests 30
# The campaign goes on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..1500}; do curl -s -m 5 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart; sleep 0.2; done"
