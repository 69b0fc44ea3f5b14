# Half of it: HTTP/1.1, but the header still says close.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 16;|"
shop_directive 'proxy_http_version 1.1;'
reload_nginx
shop_requests 20
