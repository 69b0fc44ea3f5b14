# The load balancer before nginx waits one second, the service needs two; the log tells the time of each request.
visitors
http_directive "log_format timed '\$remote_addr [\$time_local] \$status \$request_time \"\$request\"';"
shop_directive "access_log $ACCESS_LOG timed;"
reload_nginx
checkout_settings APP_DELAY=2
shop_requests 40 0.15 -m 1
