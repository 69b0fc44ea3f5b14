# The command line of gunicorn has no time-out: it comes from GUNICORN_CMD_ARGS in the environment file, 4 s for sync workers, and a page takes nine.
visitors
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ --workers 1 --threads 8//')"
checkout_settings APP_DELAY=9 'GUNICORN_CMD_ARGS=--workers 3 --timeout 4'
shop_requests 9 0.4
