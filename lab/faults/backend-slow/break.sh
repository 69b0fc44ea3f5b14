# The service works on each request for 8 s, with threads to spare; nginx waits 5 s.
visitors
echo CHECKOUT_DELAY=8 >/etc/default/checkout-api
checkout_runs --bind 127.0.0.1:8080 --threads 40
wait_until 10 listens_on 8080
shop_with "s/^        proxy_pass .*/&\n        proxy_read_timeout 5s;/"
reload_nginx
requests shop.example.com /cart 24 0.2
