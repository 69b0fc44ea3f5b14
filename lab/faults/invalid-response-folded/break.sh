# A new release writes its security policy over three lines, as old mail programs do: nginx does not take a header that goes on in the next line.
visitors
shop_requests 3 >/dev/null
checkout_says "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Security-Policy: default-src 'self';\r\n    img-src https://img.example.com;\r\n    script-src https://cdn.example.com\r\nContent-Length: 3\r\n\r\n{}\n"
shop_requests 30
