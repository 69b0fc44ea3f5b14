# A usual answer takes 1.5 s; somebody gave the location 1 s.
visitors
checkout_settings CHECKOUT_DELAY=1.5
shop_with "s/^        proxy_pass .*/&\n        proxy_read_timeout 1s;/"
reload_nginx
requests shop.example.com /cart 24 0.3
