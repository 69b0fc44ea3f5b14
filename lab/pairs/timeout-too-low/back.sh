# A usual answer of the application takes two seconds.
checkout_settings APP_DELAY=2
checkout_threads 40
