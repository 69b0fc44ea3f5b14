# A job of another machine asks for the stock with a limit of two seconds and gets nothing, the page needs three and visitors wait for it; the log is written from a buffer, with the times at its end.
visitors
http_directive "log_format times '\$remote_addr \$host \"\$request\" \$status up=\$upstream_response_time all=\$request_time at=\$time_iso8601';"
shop_with "s|^\([ \t]*\)access_log $(plain_text "$ACCESS_LOG");|\1access_log $ACCESS_LOG times buffer=32k flush=1s;|"
checkout_threads 40
checkout_settings APP_DELAY=3
reload_nginx
shop_requests 8 0.8 &
shop_requests 32 0.2 -m 2 --interface 127.0.0.9 -A stock-sync/2.1
wait
sleep 2
