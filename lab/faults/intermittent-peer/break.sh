# One of two peers is stopped and nginx may not try the other one: about half of the requests fail.
visitors
second_checkout
shop_with "s/^    server \(127.0.0.1:808[02]\);/    server \1 max_fails=0;/" "s/^        proxy_pass .*/&\n        proxy_next_upstream off;/"
reload_nginx
systemctl stop checkout-api-b.service
requests shop.example.com /cart 40
