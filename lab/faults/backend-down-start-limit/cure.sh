systemctl reset-failed checkout-api.service
systemctl start checkout-api.service
