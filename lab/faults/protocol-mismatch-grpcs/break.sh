# The address came with a new name, and grpcs was written where the server speaks HTTP/2 without TLS.
visitors
shop_with "s|grpc_pass grpc://|grpc_pass grpcs://|"
reload_nginx
shop_requests 24
