# gunicorn ends a worker that is silent for 2 s; each page takes 7.
checkout_settings APP_DELAY=7
checkout_runs "--bind $SHOP_BIND --threads 1 --worker-class sync --workers 5 --timeout 2"
wait_until 15 listens_at "$SHOP_ADDRESS"
