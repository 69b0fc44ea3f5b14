# The two lines that keepalive needs stand in the server block, and the location has headers of its own: those of the server are not inherited then.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 16;|"
shop_server_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
shop_directive 'proxy_set_header X-Request-Id $request_id;'
reload_nginx
shop_requests 20
