http_directive 'proxy_buffers 8 64k;'
reload_nginx
