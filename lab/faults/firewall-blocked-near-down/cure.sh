systemctl start checkout-api.service
