# The application raises on each request; nginx only passes its 500 on.
visitors
checkout_settings CHECKOUT_FAIL=1
requests shop.example.com /cart 30
