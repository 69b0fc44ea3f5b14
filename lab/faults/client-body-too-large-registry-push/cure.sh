rm -f /tmp/layer
shop_server_directive 'client_max_body_size 0;'
reload_nginx
