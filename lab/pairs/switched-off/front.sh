shop_timeout connect 3
reload_nginx
shop_requests 20 0.3
