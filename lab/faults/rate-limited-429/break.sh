# The same with the status that says what it is, and a zone for the whole server.
visitors
http_directive 'limit_req_zone $server_name zone=persite:1m rate=2r/s;'
shop_server_directive 'limit_req zone=persite burst=2 nodelay;' 'limit_req_status 429;'
reload_nginx
shop_requests 40 0.02
