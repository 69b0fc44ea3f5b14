shop_timeout connect 10
reload_nginx
shop_requests 8
shop_requests 12
