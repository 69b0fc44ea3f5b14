# The application moved to another port; a check of the port from outside then wanted an answer there, so that nginx was told to listen on it.
visitors
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_server_directive "listen $SHOP_PORT;"
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
wait_until 10 listens_on "$SHOP_PORT"
shop_requests 6 0.5
