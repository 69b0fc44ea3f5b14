# grpc_pass to a server that speaks HTTP/1 only.
visitors
shop_passes 'grpc_pass grpc://@TARGET@;'
reload_nginx
shop_requests 30
