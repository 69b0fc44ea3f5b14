# http to a server that speaks HTTP/2 without TLS.
visitors
shop_with "s|grpc_pass grpc://|proxy_pass http://|"
reload_nginx
shop_requests 30
