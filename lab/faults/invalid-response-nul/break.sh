# A user name from a broken record ends in a NUL byte and goes into a header.
visitors
checkout_says 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-User: anna\x00\r\nContent-Length: 3\r\n\r\n{}\n'
shop_requests 30
