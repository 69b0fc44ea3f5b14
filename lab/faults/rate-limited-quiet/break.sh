# A limit by the key of a partner, whose refusals were taken out of the error log; only this partner meets it.
visitors
http_directive 'limit_req_zone $http_x_api_key zone=partners:1m rate=1r/s;'
shop_directive 'limit_req zone=partners burst=1 nodelay;' 'limit_req_log_level info;'
reload_nginx
shop_requests 12 0.05 >/dev/null
shop_requests 30 0.03 -H 'X-Api-Key: partner-7'
