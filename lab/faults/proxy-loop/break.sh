# The port of the application was forgotten when the address was written.
visitors
shop_points_to 127.0.0.1:80
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
