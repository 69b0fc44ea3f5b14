systemctl start invoices.service
wait_until 10 listens_on "$SPARE_PORT"
requests "$SHOP_SITE" /invoice 1 | grep -qx 200
