# The service needs 2 s, nginx would wait 60: it is the clients who leave after one.
visitors
checkout_settings APP_DELAY=2
shop_requests 30 0.2 -m 1
