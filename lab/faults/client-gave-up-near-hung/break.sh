# Nobody waits long enough for nginx to say anything: all clients leave after three seconds and the log has 499 only, but the service is stopped by a signal and would never answer.
visitors
http_directive "log_format timed '\$remote_addr [\$time_local] \$status \$request_time \"\$request\"';"
shop_directive "access_log $ACCESS_LOG timed;"
reload_nginx
systemctl kill --signal=STOP "$SHOP_UNIT"
shop_requests 24 0.6 -m 3
