# The same mistake before a server that waits for the end of a line in the TLS hello: nothing comes back in time.
visitors
shop_directive 'proxy_connect_timeout 3s;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 16
