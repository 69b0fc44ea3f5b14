# Some pages take two seconds, as they always did; nginx would wait a minute.
checkout_settings APP_DELAY=2
shop_requests 15 0.3
