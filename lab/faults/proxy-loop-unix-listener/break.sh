# The shop's server also listens on a unix socket, for a tunnel; by mistake its own socket was taken as the application's.
visitors
mkdir -p /run/tunnel
shop_server_directive 'listen unix:/run/tunnel/shop.sock;'
shop_points_to unix:/run/tunnel/shop.sock
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
