# Somebody saved memory: 1k for the header, and the answer brings a security policy of 1.5 kB.
visitors
checkout_says "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Security-Policy: default-src 'self' $(printf 'https://cdn%s.example.com ' {1..60})\r\nContent-Length: 3\r\n\r\n{}\n"
shop_directive 'proxy_buffer_size 1k;'
reload_nginx
shop_requests 30
