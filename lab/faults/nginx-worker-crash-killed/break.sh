# A watchdog of somebody's own kills the largest process every three seconds, with SIGKILL: here always the workers of nginx.
visitors
systemd-run -q --collect --unit=memory-watch bash -c 'for i in {1..200}; do kill -KILL $(pgrep -P "$(cat /run/nginx.pid)"); sleep 3; done'
checkout_settings APP_DELAY=1
shop_requests 60 0.15
