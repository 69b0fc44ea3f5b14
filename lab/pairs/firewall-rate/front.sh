shop_timeout connect 3
reload_nginx
shop_requests 40 0.05
