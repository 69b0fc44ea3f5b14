systemctl reset-failed prices-api.service
systemctl start prices-api.service
wait_until 10 listens_on 9400
