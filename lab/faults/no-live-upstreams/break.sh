# Both peers of the upstream are stopped: the first requests find out, the next ones are not even tried.
visitors
second_checkout
reload_nginx
systemctl stop checkout-api.service checkout-api-b.service
requests shop.example.com /cart 40
