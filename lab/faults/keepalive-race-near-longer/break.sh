# Connections are kept, and the backend keeps them longer than nginx does: nothing can meet.
visitors
idle_server 20
shop_keepalive 'keepalive_timeout 5s;' 'keepalive 16;'
reload_nginx
waves 2.03
