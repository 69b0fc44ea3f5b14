# Somebody wrote https for a backend that speaks plain http.
visitors
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
