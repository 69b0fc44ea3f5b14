shop_requests 20 0.2
