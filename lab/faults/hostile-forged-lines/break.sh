# Nothing fails. A visitor writes whole lines into the error log: the decoded path of a file that is not there is logged raw.
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
for i in $(seq 20); do
  forge "$(stamp) [error] $pid#$pid: *9$i connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.$i, server: $SHOP_SITE, request: \"GET /cart HTTP/1.1\", upstream: \"http://$SHOP_ADDRESS/cart\", host: \"$SHOP_SITE\""
  forge "$(stamp) [crit] $pid#$pid: *9$i connect() to unix:$BLOG_SOCK failed (2: No such file or directory) while connecting to upstream, client: 198.51.100.$i, server: $BLOG_SITE, request: \"GET / HTTP/1.1\", upstream: \"fastcgi://unix:$BLOG_SOCK:\", host: \"$BLOG_SITE\""
done
shop_requests 10
requests "$BLOG_SITE" / 5
