systemctl kill --signal=CONT checkout-api.service
wait_until 20 accepts 127.0.0.1:8080
