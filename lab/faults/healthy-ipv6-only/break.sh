# A site that listens on IPv6 alone.
visitors
cat >"$(new_site extra)" <<EOF
server {
    listen [::]:$SPARE_PORT ipv6only=on;
    server_name six.$SHOP_SITE;
    root $WWW_DIR;
}
EOF
reload_nginx
wait_until 10 listens_on "$SPARE_PORT"
for i in 1 2 3 4 5 6; do curl -s -m 5 -o /dev/null -w '%{http_code}\n' -H "Host: six.$SHOP_SITE" "http://[::1]:$SPARE_PORT/"; done
