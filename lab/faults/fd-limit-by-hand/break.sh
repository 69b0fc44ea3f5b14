# Somebody tried a limit on the running master with prlimit(1) and forgot it; the next reload gave it to every worker. No file tells.
visitors
checkout_settings APP_DELAY=3
checkout_threads 200
prlimit --pid "$(cat /run/nginx.pid)" --nofile=40:40
reload_nginx
shop_requests 120 0.01 -m 20
