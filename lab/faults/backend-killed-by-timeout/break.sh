# gunicorn ends a worker that is silent for 3 s; each page takes 8.
visitors
checkout_settings APP_DELAY=8
checkout_runs "--bind $SHOP_BIND --threads 1 --worker-class sync --workers 4 --timeout 3"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 12 0.5
