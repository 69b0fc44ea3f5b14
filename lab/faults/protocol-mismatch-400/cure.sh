shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
