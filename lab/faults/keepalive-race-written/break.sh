# Somebody gave nginx 30 s for idle connections, and the backend has 3.
visitors
idle_server 3
shop_keepalive 'keepalive_timeout 30s;' 'keepalive 16;'
reload_nginx
waves 3.03
