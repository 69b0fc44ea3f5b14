# The service hung this hour and its pages ran into the time-out; somebody restarted it, and everything is served since. The log is full of it.
visitors
shop_timeout read 4
reload_nginx
systemctl kill --signal=STOP "$SHOP_UNIT"
(unnoted=1 shop_requests 30 0.2 >/dev/null)
systemctl kill --signal=KILL "$SHOP_UNIT"
sleep 1
systemctl reset-failed "$SHOP_UNIT" 2>/dev/null || true
systemctl restart "$SHOP_UNIT"
wait_until 20 accepts "$SHOP_ADDRESS"
shop_requests 40
