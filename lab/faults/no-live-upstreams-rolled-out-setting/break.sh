# One settings file for both instances was rolled out with a comma too many: both ended at their start until systemd gave up. The file was mended and rolled out again, but that restarts nobody.
usual_day
second_checkout
mkdir -p "/etc/$SHOP_APP"
echo '{"currency": "EUR"}' >"/etc/$SHOP_APP/settings.json"
echo "APP_SETTINGS=/etc/$SHOP_APP/settings.json" >"$SHOP_SETTINGS"
for unit in "$SHOP_UNIT" "$SECOND_UNIT"; do
  mkdir -p "/etc/systemd/system/$unit.d"
  printf '[Unit]\nStartLimitIntervalSec=120\n' >"/etc/systemd/system/$unit.d/start-limit.conf"
done
systemctl daemon-reload
systemctl restart "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
wait_until 15 accepts "$SECOND_ADDRESS"
reload_nginx
shop_requests 6 >/dev/null
echo '{"currency": "EUR",}' >"/etc/$SHOP_APP/settings.json"
systemctl restart "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 60 is_failed "$SHOP_UNIT"
wait_until 60 is_failed "$SECOND_UNIT"
echo '{"currency": "EUR"}' >"/etc/$SHOP_APP/settings.json"
shop_requests 40
