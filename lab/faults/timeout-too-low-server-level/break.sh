# For the whole server, in milliseconds, and the usual answer takes longer than that.
visitors
checkout_settings APP_DELAY=2.5
shop_server_directive "${SHOP_PROTOCOL}_read_timeout 2000ms;"
reload_nginx
shop_requests 24 0.4
