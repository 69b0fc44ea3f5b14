# A zone by client address, and one client who asks more often.
visitors
http_directive 'limit_req_zone $binary_remote_addr zone=perip:1m rate=1r/s;'
shop_directive 'limit_req zone=perip;'
reload_nginx
shop_requests 30 0.01
