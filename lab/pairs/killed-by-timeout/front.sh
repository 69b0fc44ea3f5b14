shop_requests 14 0.5
