# Maintenance is over and its line was taken out of the shop's server block, but nobody reloaded nginx: it still answers 503.
visitors
shop_server_directive 'return 503;'
reload_nginx
shop_requests 5 >/dev/null
sleep 1.2
shop_with '/^[ \t]*return 503;$/d'
shop_requests 30
