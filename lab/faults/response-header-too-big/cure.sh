shop_directive 'proxy_buffer_size 8k;'
reload_nginx
