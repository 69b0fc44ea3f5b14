shop_directive 'proxy_buffer_size 16k;' 'proxy_buffers 8 16k;' 'proxy_busy_buffers_size 32k;'
reload_nginx
