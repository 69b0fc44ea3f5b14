shop_requests 20
