shop_requests 30
