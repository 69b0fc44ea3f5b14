# The service moved to 8081 and the configuration followed, but nginx was not reloaded.
visitors
checkout_runs --bind 127.0.0.1:8081
wait_until 10 listens_on 8081
shop_with s/127.0.0.1:8080/127.0.0.1:8081/
requests shop.example.com /cart 30
