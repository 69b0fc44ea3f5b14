# A new release sends a header whose name has a space in it.
visitors
checkout_says 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX Request Id: 4711\r\nContent-Length: 3\r\n\r\n{}\n'
shop_requests 30
