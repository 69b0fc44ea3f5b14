# keepalive was put into the upstream block, and nothing into the location: each connection still ends after one request.
visitors
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 16;|"
reload_nginx
shop_requests 20
