# nginx puts a page of its own before the errors of the application and makes 503 of them: it looks like maintenance, and the application raises on each request.
visitors
shop_directive 'proxy_intercept_errors on;' 'error_page 500 502 =503 @sorry;'
shop_server_directive 'location @sorry { default_type text/html; return 503 "<h1>Back soon</h1>"; }'
reload_nginx
shop_requests 5 >/dev/null
checkout_settings APP_FAIL=1
shop_requests 30
