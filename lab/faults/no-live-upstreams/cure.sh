systemctl start checkout-api.service checkout-api-b.service
wait_until 10 accepts 127.0.0.1:8080
wait_until 10 accepts 127.0.0.1:8082
