# The time-out of gunicorn's workers stands in a gunicorn.conf.py beside the application, 4 s; the pages take nine since the last release.
visitors
printf 'workers = 3\nthreads = 1\nworker_class = "sync"\ntimeout = 4\ngraceful_timeout = 2\n' >"$SHOP_DIR/gunicorn.conf.py"
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ --workers 1 --threads 8//')"
checkout_settings APP_DELAY=9
shop_requests 9 0.4
