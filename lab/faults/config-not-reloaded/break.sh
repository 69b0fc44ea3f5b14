# The service moved to another port and the configuration followed, but nginx was not reloaded.
visitors
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_points_to "127.0.0.1:$SPARE_PORT"
shop_requests 30
