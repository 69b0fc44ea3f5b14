rm -f /tmp/upload
shop_server_directive 'client_max_body_size 10m;'
reload_nginx
