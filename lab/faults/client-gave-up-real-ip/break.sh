# The balancer before nginx waits 1.2 s and the shop needs two and a half; nginx takes the visitor's own address from its header, so that no two lines of the log have the same client.
visitors
http_directive "log_format visits '\$remote_addr - [\$time_local] \"\$request\" \$status \$body_bytes_sent \"\$http_user_agent\" \$request_time';"
shop_server_directive 'set_real_ip_from 127.0.0.0/8;' 'real_ip_header X-Forwarded-For;'
shop_with "s|^\([ \t]*\)access_log $(plain_text "$ACCESS_LOG");|\1access_log $ACCESS_LOG visits;|"
checkout_threads 40
checkout_settings APP_DELAY=2.5
reload_nginx
for i in {1..36}; do
  shop_requests 1 0 -m 1.2 -H "X-Forwarded-For: 203.0.113.$((i * 5))" &
  sleep 0.2
done
wait
