# keepalive as it must be: nothing to say.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 16;|"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
reload_nginx
shop_requests 20
