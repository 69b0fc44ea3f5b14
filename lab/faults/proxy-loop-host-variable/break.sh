# Requests are passed on to the name the visitor asked for, as in recipes for a forward proxy; that name is this host.
visitors
name_server 5353 "$SHOP_SITE=127.0.0.1"
shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|\1proxy_pass http://\$host;|"
shop_server_directive 'resolver 127.0.0.1:5353 valid=30s ipv6=off;'
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
