SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_name app.internal.example;'
reload_nginx
