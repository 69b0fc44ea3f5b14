# keepalive for a gRPC backend: HTTP/2 keeps its connections by itself, the two lines of HTTP/1.1 have no place here.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 16;|"
reload_nginx
shop_requests 20
