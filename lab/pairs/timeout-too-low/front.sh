# Somebody took a time-out of one second from an article about slow backends into the location.
shop_timeout read 1
reload_nginx
shop_requests 24 0.3
