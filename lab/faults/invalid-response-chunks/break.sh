# The body says chunked and is not.
visitors
checkout_says 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n'
shop_directive 'proxy_http_version 1.1;' 'proxy_set_header Connection "";'
reload_nginx
shop_requests 30
