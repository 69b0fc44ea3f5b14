# Somebody wrote a small server by hand and left the number out of the status line.
visitors
checkout_says 'HTTP/1.1 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n{}\n'
shop_requests 30
