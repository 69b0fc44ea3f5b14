# The name comes by a variable from a name server, and the wildcard record of the zone leads back to this host.
visitors
name_server 5353 checkout.internal=127.0.0.1
shop_by_variable checkout.internal 80
shop_server_directive 'resolver 127.0.0.1:5353 valid=5s ipv6=off;'
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
