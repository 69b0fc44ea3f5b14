http_directive 'large_client_header_buffers 4 32k;'
reload_nginx
