SHOP_PASS=${SHOP_PASS/http:/https:}
shop_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
reload_nginx
