mv /srv/orders-db/data.moved /srv/orders-db/data
systemctl reset-failed orders-db.service
systemctl start orders-db.service
wait_until 10 listens_on "$SPARE_PORT"
