# One worker, two seconds for each answer, ten visitors a second: most of them wait in front of it until nginx gives up.
visitors
checkout_settings APP_DELAY=2
checkout_threads 1
shop_timeout read 6
reload_nginx
shop_requests 40 0.1
