systemctl start tenant-7.service
wait_until 10 listens_on "$SPARE_PORT"
