# return stands in the location, above a pass directive that is never reached.
visitors
shop_directive 'return 502;'
reload_nginx
shop_requests 30
