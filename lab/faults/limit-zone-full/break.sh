# limit_conn counts by request in the smallest zone that nginx takes: when a sale opens more connections at once than it has room for, the rest get 503.
visitors
http_directive 'limit_conn_zone $request_id zone=perrequest:32k;'
shop_directive 'limit_conn perrequest 5;'
reload_nginx
checkout_threads 400
checkout_settings APP_DELAY=4
shop_requests 400 0.002
