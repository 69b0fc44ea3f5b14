# The port of the application was forgotten when the address was written.
visitors
shop_points_to 127.0.0.1:80
reload_nginx
shop_requests 6 0.5
