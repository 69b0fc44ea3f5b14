# The same with a log in JSON at http level and a client library that gives up after two seconds.
visitors
http_directive "log_format json escape=json '{\"time\":\"\$time_iso8601\",\"client\":\"\$remote_addr\",\"host\":\"\$server_name\",\"uri\":\"\$request_uri\",\"status\":\$status,\"took\":\$request_time,\"upstream\":\"\$upstream_status\"}';"
shop_directive "access_log $ACCESS_LOG json;"
reload_nginx
checkout_settings APP_DELAY=3
shop_requests 30 0.15 -m 2
