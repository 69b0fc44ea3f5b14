# Two workers of 2 s a page and --backlog 4: the queue of the port is full, the kernel drops what else comes, and nginx gives up while it still connects.
visitors
checkout_settings APP_DELAY=2
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/ --workers 1 --threads 8/ --workers 2 --backlog 4/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_timeout connect 2
reload_nginx
shop_requests 40 0.1
# Visitors go on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..800}; do curl -s -m 15 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.25; done; wait"
