# The server line of the upstream block has no port: that is port 80, nginx itself.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|\1server 127.0.0.1;|"
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
