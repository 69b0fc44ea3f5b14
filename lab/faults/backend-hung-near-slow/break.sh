# No answer within ten seconds either, but each comes in the end: slow and not hung.
visitors
checkout_settings APP_DELAY=11
checkout_threads 60
shop_timeout read 4
reload_nginx
shop_requests 30 0.4
