# Down for some seconds, then started again by hand: the errors are young, the service came back after the last of them.
visitors
systemctl stop checkout-api.service
requests shop.example.com /cart 20 >/dev/null
systemctl start checkout-api.service
wait_until 10 accepts 127.0.0.1:8080
requests shop.example.com /cart 30
