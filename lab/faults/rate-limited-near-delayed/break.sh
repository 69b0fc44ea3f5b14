# A limit with a long queue: it makes a quick client wait for some seconds and refuses nobody.
visitors
http_directive 'limit_req_zone $binary_remote_addr zone=queue:1m rate=10r/s;'
shop_directive 'limit_req zone=queue burst=80;' 'limit_req_log_level error;'
reload_nginx
shop_requests 40 0.02
