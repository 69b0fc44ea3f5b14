# The service was moved to IPv6 loopback; nginx connects by IPv4.
visitors
checkout_moves_to "[::1]:$SHOP_PORT"
shop_requests 30
