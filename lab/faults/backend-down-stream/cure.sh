systemctl start ledger.service
wait_until 10 listens_on "$SPARE_PORT"
