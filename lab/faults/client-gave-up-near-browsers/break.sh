# A page of one second: a few people of many leave it, each from an address of his own and each after another time; everybody else is served.
visitors
http_directive "log_format timed '\$remote_addr [\$time_local] \$status \$request_time \"\$request\"';"
shop_directive "access_log $ACCESS_LOG timed;"
reload_nginx
checkout_settings APP_DELAY=1
for i in {1..8}; do
  (sleep "$i"; curl -s -m "0.$((i + 1))" -o /dev/null --interface "127.0.0.$((i + 20))" -H "Host: $SHOP_SITE" "http://127.0.0.1${SHOP_PATH}cart" || true) &
done
shop_requests 70 0.15
