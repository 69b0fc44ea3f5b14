# Some visitors leave early, but nginx itself gives up on the others: it is the service that is too slow.
visitors
http_directive "log_format timed '\$remote_addr [\$time_local] \$status \$request_time \"\$request\"';"
shop_directive "access_log $ACCESS_LOG timed;"
shop_timeout read 4
reload_nginx
checkout_settings APP_DELAY=30
{ shop_requests 6 0.2 -m 2 >/dev/null & shop_requests 20 0.2; }
