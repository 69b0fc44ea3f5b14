SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_server_name on;'
reload_nginx
