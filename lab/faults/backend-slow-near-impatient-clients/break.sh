# The service needs 2 s, nginx would wait 60: it is the clients who leave after one.
visitors
checkout_settings CHECKOUT_DELAY=2
requests shop.example.com /cart 30 0.2 -m 1
