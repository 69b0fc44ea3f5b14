shop_directive 'proxy_ssl_verify off;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
