# A counter writes the decoded address of each visit into the access log of the shop; a visitor writes whole lines there, of a shop that answers 502 and 504.
visitors
cat >"$(new_site counter)" <<NGINX
log_format visits escape=none '\$remote_addr - - [\$time_local] "GET \$uri HTTP/1.1" \$status \$body_bytes_sent "-" "\$http_user_agent"';

server {
    listen 80;
    server_name count.$SHOP_SITE;
    access_log $ACCESS_LOG visits;

    location / {
        default_type text/plain;
        return 200 "counted\n";
    }
}
NGINX
reload_nginx
# forge TEXT: a visit whose address is a line break, TEXT and a line break.
forge() { curl -s -m 5 -o /dev/null -H "Host: count.$SHOP_SITE" "http://127.0.0.1/x%0a$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$1")%0a"; }
stamp() { date '+%d/%b/%Y:%H:%M:%S %z'; }
shop_requests 15
for i in {1..35}; do
  forge "198.51.100.$i - - [$(stamp)] \"GET ${SHOP_PATH}cart HTTP/1.1\" 502 157 \"-\" \"Mozilla/5.0\""
  forge "198.51.100.$i - - [$(stamp)] \"POST ${SHOP_PATH}cart HTTP/1.1\" 504 167 \"-\" \"Mozilla/5.0\""
done
shop_requests 5
