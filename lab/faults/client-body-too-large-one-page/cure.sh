rm -f /tmp/upload
shop_server_directive 'client_max_body_size 4m;'
reload_nginx
