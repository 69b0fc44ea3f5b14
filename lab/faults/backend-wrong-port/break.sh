visitors
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_requests 30
