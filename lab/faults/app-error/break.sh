# The application raises on each request; nginx only passes its 500 on.
visitors
checkout_settings APP_FAIL=1
shop_requests 30
