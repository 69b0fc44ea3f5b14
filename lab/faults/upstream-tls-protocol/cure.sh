SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_protocols TLSv1.2 TLSv1.3;'
reload_nginx
