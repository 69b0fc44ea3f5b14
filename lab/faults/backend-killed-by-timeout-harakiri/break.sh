# uWSGI's harakiri: a request that takes longer than 3 s is ended together with its worker.
visitors
checkout_settings APP_DELAY=9
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/--processes 1 --threads 8/--processes 4 --harakiri 3/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 16 0.5
