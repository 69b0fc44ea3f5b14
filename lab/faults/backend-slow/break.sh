# The service works on each request for 8 s, with threads to spare; nginx waits 5 s.
visitors
checkout_settings APP_DELAY=8
checkout_threads 40
shop_timeout read 5
reload_nginx
shop_requests 24 0.2
