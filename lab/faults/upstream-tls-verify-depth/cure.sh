SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_verify_depth 3;'
reload_nginx
