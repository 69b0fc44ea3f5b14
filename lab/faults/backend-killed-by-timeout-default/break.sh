# Nobody wrote a time-out anywhere: sync workers of gunicorn are killed after its own 30 s, and the yearly export takes 45. nginx would wait a minute.
visitors
checkout_settings APP_DELAY=45
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/--workers 1 --threads 8/--workers 8/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 6 0.5
