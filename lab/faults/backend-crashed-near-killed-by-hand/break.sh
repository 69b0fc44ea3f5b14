# Somebody kills it in the middle of its work and it stays down: no crash, whatever the first line of the log looks like.
visitors
checkout_settings APP_DELAY=2
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nRestart=no\n' >"/etc/systemd/system/$SHOP_UNIT.d/once.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
(sleep 1; systemctl kill --signal=KILL "$SHOP_UNIT") &
shop_requests 30 0.1
