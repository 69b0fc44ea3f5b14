# Stopped by a signal: the kernel still accepts connections, the unit is active, and nobody answers.
visitors
shop_with "s/^        proxy_pass .*/&\n        proxy_read_timeout 5s;/"
reload_nginx
systemctl kill --signal=STOP checkout-api.service
requests shop.example.com /cart 20
