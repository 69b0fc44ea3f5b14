shop_timeout read 5
reload_nginx
shop_requests 20
