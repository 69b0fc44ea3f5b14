# The same big cookie, and a buffer that holds it: nothing is wrong.
visitors
checkout_says "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: session=$(printf 'c%.0s' {1..6000}); HttpOnly\r\nContent-Length: 3\r\n\r\n{}\n"
shop_directive 'proxy_buffer_size 8k;'
reload_nginx
shop_requests 30
