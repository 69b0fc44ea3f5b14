# The usual map for websockets was copied: for requests without an upgrade it makes the header Connection close.
visitors
http_directive 'map $http_upgrade $connection_upgrade { default upgrade; "" close; }'
shop_with "s|^\([ \t]*\)server $(plain_text "$SHOP_ADDRESS");|&\n\1keepalive 32;|"
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Upgrade $http_upgrade;' 'proxy_set_header Connection $connection_upgrade;'
reload_nginx
shop_requests 20
