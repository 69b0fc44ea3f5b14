# Nothing fails. A visitor sends user names, programs and referrers that look like the rest of an access-log line with another status.
visitors
day=$(date '+%d/%b/%Y:%H:%M:%S %z')
for i in 1 2 3 4; do
  shop_requests 12 0.05 -u "- [$day] \"GET ${SHOP_PATH}cart HTTP/1.1\" 502 157 \"-\" \"-\"
" -A '" 504 167 "-" "Mozilla/5.0' -e "$SHOP_SITE\" 503 0 upstream timed out (110: Connection timed out)"
done
