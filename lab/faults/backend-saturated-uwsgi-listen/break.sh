# uWSGI got a listen queue of three and two threads on a small machine; a page takes 3 s, and who comes while the queue is full is refused (11).
visitors
checkout_settings APP_DELAY=3
checkout_command "$(checkout_at "$SHOP_BIND" | sed 's/--threads 8/--threads 2 --listen 3/')"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 40 0.1
# Visitors go on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..600}; do curl -s -m 12 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.4; done; wait"
