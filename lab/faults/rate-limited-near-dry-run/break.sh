# A new limit is tried out: limit_req_dry_run writes down whom it would refuse, and refuses nobody.
visitors
http_directive 'limit_req_zone $binary_remote_addr zone=trial:1m rate=1r/s;'
shop_directive 'limit_req zone=trial;' 'limit_req_dry_run on;'
reload_nginx
shop_requests 40 0.03
