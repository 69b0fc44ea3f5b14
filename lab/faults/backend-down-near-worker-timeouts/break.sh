# gunicorn killed a few workers for a long export this morning, as it does every week. What is wrong now is simpler: the service was stopped for some work on the database, and nobody started it again.
checkout_settings APP_DELAY=6
checkout_runs "--bind $SHOP_BIND --threads 1 --worker-class sync --workers 3 --timeout 2"
wait_until 15 listens_at "$SHOP_ADDRESS"
(unnoted=1 shop_requests 3 0.1 >/dev/null)
checkout_settings APP_DELAY=0
wait_until 15 accepts "$SHOP_ADDRESS"
usual_day
(unnoted=1 shop_requests 10 >/dev/null)
systemctl stop "$SHOP_UNIT"
shop_requests 30
