# A session that grew to 6 kB, all of it in one cookie.
visitors
checkout_says "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: session=$(printf 'c%.0s' {1..6000}); HttpOnly\r\nContent-Length: 3\r\n\r\n{}\n"
shop_requests 30
