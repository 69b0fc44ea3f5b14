# Twice the same length: not nice, and this version of nginx takes it (1.23 and later do not).
visitors
checkout_says 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n{}\n'
shop_requests 30
