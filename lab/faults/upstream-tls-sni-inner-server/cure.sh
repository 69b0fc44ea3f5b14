SHOP_PASS=${SHOP_PASS/http:/https:}
SHOP_PASS=${SHOP_PASS/"$SHOP_ADDRESS"/127.0.0.1:$SPARE_PORT}
shop_directive 'proxy_ssl_server_name on;' 'proxy_ssl_name shop.internal.example;'
reload_nginx
