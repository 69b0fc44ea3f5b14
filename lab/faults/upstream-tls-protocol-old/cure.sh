SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_ciphers DEFAULT:@SECLEVEL=0;'
reload_nginx
