# limit_conn: a client may have one connection, and opens eight while the answers take two seconds.
visitors
http_directive 'limit_conn_zone $binary_remote_addr zone=conns:1m;'
shop_directive 'limit_conn conns 1;'
reload_nginx
checkout_settings APP_DELAY=1
shop_requests 30 0.05
