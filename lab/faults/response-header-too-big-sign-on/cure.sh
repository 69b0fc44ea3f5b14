shop_with "s|^\([ \t]*\)proxy_pass_request_body off;|&\n\1proxy_buffers 8 16k;\n\1proxy_buffer_size 16k;|"
reload_nginx
