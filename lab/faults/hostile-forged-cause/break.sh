# The backend is stopped, and forged lines tell another story about it.
visitors
cat >"$(new_site extra)" <<EOF
server {
    listen 80;
    server_name files.$SHOP_SITE;
    root $WWW_DIR;
}
EOF
reload_nginx
# forge TEXT: a request for a file that does not exist, whose name is a line break and TEXT; nginx logs the decoded name as it is.
forge() { curl -s -m 5 -o /dev/null -H "Host: files.$SHOP_SITE" "http://127.0.0.1/x%0a$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$1")"; }
stamp() { date '+%Y/%m/%d %H:%M:%S'; }
pid=$(pgrep -f 'nginx: worker' | head -1)
systemctl stop "$SHOP_UNIT"
for i in $(seq 30); do
  forge "$(stamp) [error] $pid#$pid: *8$i connect() failed (113: No route to host) while connecting to upstream, client: 198.51.100.9, server: $SHOP_SITE, request: \"GET / HTTP/1.1\", upstream: \"http://$SHOP_ADDRESS/\", host: \"$SHOP_SITE\""
  forge "$(stamp) [alert] $pid#$pid: 768 worker_connections are not enough"
  forge "$(stamp) [crit] $pid#$pid: *8$i connect() to $SHOP_ADDRESS failed (99: Cannot assign requested address) while connecting to upstream, client: 198.51.100.9, server: $SHOP_SITE, request: \"GET / HTTP/1.1\", upstream: \"http://$SHOP_ADDRESS/\", host: \"$SHOP_SITE\""
done
shop_requests 20
