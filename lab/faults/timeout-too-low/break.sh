# A usual answer takes 1.5 s; somebody gave the location 1 s.
visitors
checkout_settings APP_DELAY=1.5
shop_timeout read 1
reload_nginx
shop_requests 24 0.3
