shop_timeout read 5
reload_nginx
shop_requests 24 0.2
