# A usual answer takes three seconds on this busy day, and all get theirs.
checkout_settings APP_DELAY=3
checkout_threads 200
