# A deployment kills the application as it works (the old instance is ended hard, KillSignal=SIGKILL) and starts the new release, which does not run on this host: first closed connections, then refused ones. Nothing crashed while serving, it is down.
visitors
checkout_settings APP_DELAY=2
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=60\nStartLimitBurst=3\n\n[Service]\nKillSignal=SIGKILL\n' >"/etc/systemd/system/$SHOP_UNIT.d/fast-stop.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
(
  sleep 1
  echo "APP_SETTINGS=/etc/$SHOP_APP/release.json" >"$SHOP_SETTINGS"
  systemctl restart "$SHOP_UNIT"
) &
shop_requests 40 0.1
wait_until 20 is_failed "$SHOP_UNIT"
shop_requests 20
