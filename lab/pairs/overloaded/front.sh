shop_timeout read 4
reload_nginx
shop_requests 20 0.3
